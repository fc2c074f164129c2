package io.rekindle.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs are what their names and gas say. */
class EvmProgramsTest {
  @ParameterizedTest
  @EnumSource(EvmPrograms.class)
  void anIterationCostsItsGas(EvmPrograms program) {
    long gas = EvmWorld.of(program).gasUsed();
    // Beyond the loop there is what stands before it and what only its first iteration pays.
    long once = program == EvmPrograms.STORAGE ? 4 * 2_000 + 4 * 20_000 : 3_000;
    long loop = (long) program.gas() * EvmPrograms.ITERATIONS;
    assertTrue(gas >= loop && gas - loop <= once, program + ": " + gas);
  }

  @Test
  void aTokenTransferStoresTwiceAndLogs() {
    EvmWorld world = EvmWorld.ofTokenTransfer();
    assertEquals(1, world.logCount());
    long gas = world.gasUsed();
    assertTrue(gas > 11_500 && gas < 13_000, "gas: " + gas);
  }
}
