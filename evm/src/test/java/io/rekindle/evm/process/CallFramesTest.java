package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
import static io.rekindle.evm.process.Scenario.OTHER;
import static io.rekindle.evm.process.Scenario.SENDER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.CallFrame;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.process.UnitExecutor.Recording;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frames that a transaction leaves. */
final class CallFramesTest {
  private static final Address IDENTITY = Address.ofHex("0x" + "0".repeat(39) + "4");
  private static final Address LIBRARY =
      Address.ofHex("0x00000000000000000000000000000000000c0de3");
  private static final long INTRINSIC_GAS = 21_000;

  private final Scenario scenario = new Scenario(Fork.SHANGHAI);

  private List<CallFrame> frames(Address to, byte... input) {
    UnitExecutor executor =
        new UnitExecutor(
            new Interpreter(), authorization -> null, Recording.READS_WRITES_AND_FRAMES);
    Unit unit =
        new Unit.TransactionUnit(
            scenario.block(List.of()), 0, scenario.transaction(0, to, input, List.of()), SENDER);
    return executor.execute(scenario.state, unit, Mode.EXACT).frames();
  }

  private static void assertFrame(
      CallFrame.Kind kind, Address from, Address to, long value, CallFrame frame) {
    assertEquals(kind, frame.kind());
    assertEquals(from, frame.from());
    assertEquals(to, frame.to());
    assertEquals(UInt256.of(value), frame.value());
  }

  private static void assertPlace(List<Integer> address, int subtraces, CallFrame frame) {
    assertEquals(address, frame.traceAddress());
    assertEquals(subtraces, frame.subtraces());
  }

  /** A word of memory from 0 as input and the same as output of a call to the identity. */
  private static byte[] callIdentity(long word) {
    return Bytecode.of(word, 0, "MSTORE", 32, 0, 32, 0, IDENTITY, 50_000, "STATICCALL", "POP");
  }

  private static byte[] revertWith(long word) {
    return Bytecode.of(word, 0, "MSTORE", 32, 0, "REVERT");
  }

  private static byte[] delegateCall(Address to, long gas) {
    return Bytecode.of(0, 0, 0, 0, to, gas, "DELEGATECALL", "POP");
  }

  @Test
  void nothingIsRecordedUnlessItIsAskedFor() {
    scenario.contract(CONTRACT, 0, Bytecode.call(OTHER, 0, 1000));
    assertEquals(List.of(), scenario.call(0, CONTRACT).frames());
  }

  @Test
  void aPlainTransferIsOneFrame() {
    List<CallFrame> frames = frames(FRESH, (byte) 7);
    assertEquals(1, frames.size());
    CallFrame frame = frames.get(0);
    assertFrame(CallFrame.Kind.CALL, SENDER, FRESH, 0, frame);
    assertPlace(List.of(), 0, frame);
    assertArrayEquals(new byte[] {7}, frame.input());
    assertEquals(Halt.NONE, frame.halt());
    assertEquals(Scenario.GAS_LIMIT - INTRINSIC_GAS - 16, frame.gas());
    assertEquals(0, frame.gasUsed());
  }

  @Test
  void callsDelegateCallsAndPrecompilesNest() {
    scenario.contract(
        CONTRACT,
        50,
        Bytecode.of(Bytecode.call(OTHER, 3, 200_000), "POP", callIdentity(9), "STOP"));
    scenario.contract(OTHER, 0, Bytecode.of(delegateCall(LIBRARY, 60_000), "STOP"));
    scenario.contract(LIBRARY, 0, revertWith(5));

    List<CallFrame> frames = frames(CONTRACT);

    assertEquals(4, frames.size());
    assertPlace(List.of(), 2, frames.get(0));
    CallFrame call = frames.get(1);
    assertFrame(CallFrame.Kind.CALL, CONTRACT, OTHER, 3, call);
    assertPlace(List.of(0), 1, call);
    assertEquals(202_300, call.gas());
    assertEquals(Halt.NONE, call.halt());
    CallFrame delegated = frames.get(2);
    assertFrame(CallFrame.Kind.DELEGATECALL, OTHER, LIBRARY, 3, delegated);
    assertPlace(List.of(0, 0), 0, delegated);
    assertEquals(60_000, delegated.gas());
    assertEquals(Halt.REVERT, delegated.halt());
    assertArrayEquals(UInt256.of(5).toBytes(), delegated.output());
    assertTrue(delegated.gasUsed() > 0 && delegated.gasUsed() < call.gasUsed());
    CallFrame identity = frames.get(3);
    assertFrame(CallFrame.Kind.STATICCALL, CONTRACT, IDENTITY, 0, identity);
    assertPlace(List.of(1), 0, identity);
    assertEquals(18, identity.gasUsed());
    assertArrayEquals(UInt256.of(9).toBytes(), identity.input());
    assertArrayEquals(UInt256.of(9).toBytes(), identity.output());
  }

  @Test
  void aFrameThatRunsOutOfGasUsedItAll() {
    scenario.contract(CONTRACT, 0, Bytecode.of(Bytecode.call(OTHER, 0, 700), "STOP"));
    scenario.contract(OTHER, 0, Bytecode.of(0, "SLOAD"));
    CallFrame frame = frames(CONTRACT).get(1);
    assertEquals(Halt.OUT_OF_GAS, frame.halt());
    assertEquals(700, frame.gas());
    assertEquals(700, frame.gasUsed());
    assertEquals(0, frame.output().length);
  }

  @Test
  void aPrecompileThatRefusesFails() {
    Address addition = Address.ofHex("0x" + "0".repeat(39) + "6");
    scenario.contract(
        CONTRACT, 0, Bytecode.of(1, 0, "MSTORE", 0, 0, 64, 0, 0, addition, 5_000, "CALL", "STOP"));
    CallFrame frame = frames(CONTRACT).get(1);
    assertFrame(CallFrame.Kind.CALL, CONTRACT, addition, 0, frame);
    assertEquals(Halt.PRECOMPILE_FAILURE, frame.halt());
    assertEquals(5_000, frame.gasUsed());
  }

  @Test
  void aCreationHasItsCodeForOutput() {
    byte[] initcode =
        Bytecode.of(UInt256.ofHex("0x6001" + "0".repeat(60)), 0, "MSTORE", 2, 0, "RETURN");
    scenario.contract(CONTRACT, 10, Bytecode.create2OfCallData(4));
    List<CallFrame> frames = frames(CONTRACT, initcode);
    CallFrame creation = frames.get(1);
    Address created = ContractAddress.of(CONTRACT, new byte[32], Keccak256.hash(initcode));
    assertFrame(CallFrame.Kind.CREATE2, CONTRACT, created, 4, creation);
    assertArrayEquals(initcode, creation.input());
    assertArrayEquals(new byte[] {0x60, 1}, creation.output());

    CallFrame transaction = frames(null, initcode).get(0);
    assertFrame(CallFrame.Kind.CREATE, SENDER, ContractAddress.of(SENDER, 0), 0, transaction);
    assertArrayEquals(initcode, transaction.input());
    assertArrayEquals(new byte[] {0x60, 1}, transaction.output());
  }

  @Test
  void aSelfDestructionIsAFrameOfItsOwn() {
    scenario.contract(CONTRACT, 0, Bytecode.of(Bytecode.call(OTHER, 0, 100_000), "STOP"));
    scenario.contract(OTHER, 12, Bytecode.of(FRESH, "SELFDESTRUCT"));
    List<CallFrame> frames = frames(CONTRACT);
    assertEquals(3, frames.size());
    assertPlace(List.of(0), 1, frames.get(1));
    assertFrame(CallFrame.Kind.SELFDESTRUCT, OTHER, FRESH, 12, frames.get(2));
    assertPlace(List.of(0, 0), 0, frames.get(2));
  }

  /** As in the traces of OpenEthereum, and unlike those of geth. */
  @Test
  void aCallThatIsRefusedHasNoFrame() {
    scenario.contract(CONTRACT, 0, Bytecode.of(Bytecode.call(OTHER, 1, 100_000), "STOP"));
    List<CallFrame> frames = frames(CONTRACT);
    assertEquals(1, frames.size());
    assertPlace(List.of(), 0, frames.get(0));
  }
}
