package io.rekindle.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.UInt256;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NestedCallsTest {
  /** Counts its calls in slot 0 and calls itself; returns the count. */
  private static Bytecode countAndRecurse() {
    return new Bytecode()
        .call(OpcodeTable.SLOAD, 0)
        .push(1)
        .op(OpcodeTable.ADD)
        .push(0)
        .op(OpcodeTable.SSTORE)
        .callTo(OpcodeTable.CALL, World.CONTRACT, 0)
        .op(OpcodeTable.POP)
        .call(OpcodeTable.SLOAD, 0)
        .returnTop();
  }

  @Test
  void a1024CallsDeepNeedNoJavaStack() throws InterruptedException {
    // Frontier passes on all gas, so that depth is what ends it, not the 63/64 rule.
    World world = new World(Fork.FRONTIER);
    Bytecode recursion =
        new Bytecode()
            .call(OpcodeTable.SLOAD, 0)
            .push(1)
            .op(OpcodeTable.ADD)
            .push(0)
            .op(OpcodeTable.SSTORE)
            .push(0)
            .push(0)
            .push(0)
            .push(0)
            .push(0)
            .push(World.CONTRACT)
            .push(100_000)
            .op(OpcodeTable.GAS, OpcodeTable.SUB, OpcodeTable.CALL, OpcodeTable.POP)
            .call(OpcodeTable.SLOAD, 0)
            .returnTop();
    world.contract(World.CONTRACT, recursion);
    AtomicReference<MessageResult> result = new AtomicReference<>();
    Thread thread = new Thread(null, () -> result.set(world.call(1L << 40)), "small", 256 << 10);
    thread.start();
    thread.join();
    assertTrue(result.get().succeeded(), "" + result.get().halt());
    assertEquals(UInt256.of(1025), World.word(result.get()));
  }

  @Test
  void oneOf64IsKeptBack() {
    World world = new World(Fork.OSAKA).contract(World.CONTRACT, countAndRecurse());
    MessageResult result = world.call(30_000_000);
    assertTrue(result.succeeded());
    long calls = World.word(result).limb0();
    assertTrue(calls > 250 && calls < 450, "calls: " + calls);
  }
}
