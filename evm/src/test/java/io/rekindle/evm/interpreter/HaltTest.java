package io.rekindle.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.fork.Fork;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Why a frame ends, to the gas and to the word of the stack. */
class HaltTest {
  private static MessageResult run(long gas, int... code) {
    return new World(Fork.OSAKA).contract(World.CONTRACT, new Bytecode().op(code)).call(gas);
  }

  private static void assertHalts(Halt halt, MessageResult result) {
    assertEquals(halt, result.halt());
    assertEquals(0, result.gasLeft());
  }

  @Test
  void jumpPaysForItsDestination() {
    int[] code = {OpcodeTable.PUSH1, 3, OpcodeTable.JUMP, OpcodeTable.JUMPDEST};
    MessageResult exact = run(3 + 8 + 1, code);
    assertEquals(Halt.NONE, exact.halt());
    assertEquals(0, exact.gasLeft());
    assertHalts(Halt.OUT_OF_GAS, run(3 + 8, code));
  }

  @Test
  void conditionalJumpPaysForItsDestinationOnlyWhereItJumps() {
    int[] code = {
      OpcodeTable.PUSH1, 1, OpcodeTable.PUSH1, 5, OpcodeTable.JUMPI, OpcodeTable.JUMPDEST
    };
    assertEquals(0, run(3 + 3 + 10 + 1, code).gasLeft());
    assertHalts(Halt.OUT_OF_GAS, run(3 + 3 + 10, code));
    code[1] = 0;
    code[5] = OpcodeTable.STOP;
    MessageResult fallsThrough = run(3 + 3 + 10, code);
    assertEquals(Halt.NONE, fallsThrough.halt());
  }

  @Test
  void lackOfGasBehindJumpIsWhatItSaysWhateverComesNext() {
    int undefined = 0x0c;
    assertHalts(
        Halt.OUT_OF_GAS,
        run(3 + 8, OpcodeTable.PUSH1, 3, OpcodeTable.JUMP, OpcodeTable.JUMPDEST, undefined));
    assertHalts(
        Halt.INVALID_OPCODE,
        run(3 + 8 + 1, OpcodeTable.PUSH1, 3, OpcodeTable.JUMP, OpcodeTable.JUMPDEST, undefined));
  }

  @Test
  void jumpIntoPushDataOrBeyondTheCode() {
    assertHalts(
        Halt.INVALID_JUMP,
        run(100, OpcodeTable.PUSH1, 4, OpcodeTable.JUMP, OpcodeTable.PUSH1, OpcodeTable.JUMPDEST));
    assertHalts(Halt.INVALID_JUMP, run(100, OpcodeTable.PUSH1, 200, OpcodeTable.JUMP));
    assertHalts(Halt.INVALID_JUMP, run(100, OpcodeTable.PUSH0, OpcodeTable.JUMP));
  }

  @Test
  void stackHolds1024Words() {
    int[] code = new int[1024];
    Arrays.fill(code, OpcodeTable.PUSH0);
    assertEquals(Halt.NONE, run(10_000, code).halt());
    code = Arrays.copyOf(code, 1025);
    code[1024] = OpcodeTable.PUSH0;
    assertHalts(Halt.STACK_OVERFLOW, run(10_000, code));
    code[1024] = OpcodeTable.DUP1;
    assertHalts(Halt.STACK_OVERFLOW, run(10_000, code));
    code[1024] = OpcodeTable.SWAP1;
    assertEquals(Halt.NONE, run(10_000, code).halt());
  }

  @Test
  void stackUnderflow() {
    assertHalts(Halt.STACK_UNDERFLOW, run(100, OpcodeTable.POP));
    assertHalts(Halt.STACK_UNDERFLOW, run(100, OpcodeTable.PUSH0, OpcodeTable.ADD));
    assertHalts(Halt.STACK_UNDERFLOW, run(100, OpcodeTable.PUSH0, OpcodeTable.SWAP1));
  }

  @Test
  void baseGasToTheLast() {
    assertEquals(Halt.NONE, run(2, OpcodeTable.PUSH0).halt());
    assertHalts(Halt.OUT_OF_GAS, run(1, OpcodeTable.PUSH0));
  }
}
