package io.rekindle.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PUSH1 to PUSH32 against BigInteger, as the first opcode and further on. */
class PushTest {
  private static UInt256 pushed(byte[] data, int pops) {
    Bytecode code = new Bytecode();
    for (int pop = 0; pop < pops; pop++) {
      code.push(1).op(OpcodeTable.POP);
    }
    code.op(OpcodeTable.PUSH0 + data.length);
    for (byte each : data) {
      code.op(each);
    }
    World world = new World(Fork.OSAKA).contract(World.CONTRACT, code.returnTop());
    return UInt256.ofBytes32(world.call(100_000).output(), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void takesItsBytes(int pops) {
    SplittableRandom random = new SplittableRandom(7);
    for (int length = 1; length <= 32; length++) {
      byte[] data = new byte[length];
      random.nextBytes(data);
      assertEquals(UInt256.of(new BigInteger(1, data)), pushed(data, pops));
      Arrays.fill(data, (byte) -1);
      assertEquals(UInt256.of(new BigInteger(1, data)), pushed(data, pops));
    }
  }
}
