package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.engine.EvmEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the official tests, none skipped. */
class FixtureSuitesTest {
  private static final int SHOWN_FAILURES = 50;

  private final Supplier<EvmEngine> engines = Engines.named(Engines.DEFAULT);
  private final int threads = Runtime.getRuntime().availableProcessors();

  @Test
  void stateTests() {
    assertAllPass(
        Suite.stateTests(engines, Selection.ALL, threads),
        Fixtures.require("eest-state-tests.zip"));
  }

  @ParameterizedTest
  @MethodSource("blockZips")
  void blockchainTests(String zip) {
    assertAllPass(Suite.blockchainTests(engines, Selection.ALL, threads), Fixtures.require(zip));
  }

  @ParameterizedTest
  @MethodSource("blockZips")
  void partitionedByClusters(String zip) {
    assertAllPass(partitioned("clusters"), Fixtures.require(zip));
  }

  /** Plans that ignore all hints. */
  @ParameterizedTest
  @MethodSource("blockZips")
  void partitionedRoundRobin(String zip) {
    assertAllPass(partitioned("round-robin"), Fixtures.require(zip));
  }

  private Suite partitioned(String strategy) {
    return Suite.partitionedBlockchainTests(engines, strategy, Selection.ALL, threads);
  }

  private static List<String> blockZips() {
    return List.of(
        "eest-blockchain-tests.zip",
        "eest-fork-tests.zip",
        "eest-benchmark-blocks.zip",
        "classic-blockchain-tests.zip",
        "legacy-state-blockchain-tests.zip");
  }

  private static void assertAllPass(Suite suite, Path zip) {
    List<String> failures = new ArrayList<>();
    long start = System.nanoTime();
    Tally tally =
        suite.run(
            List.of(zip),
            result -> {
              if (!result.passed() && failures.size() < SHOWN_FAILURES) {
                failures.add(result.name() + ": " + result.failure());
              }
            });
    System.out.printf(
        "%s: %s in %d s%n", zip.getFileName(), tally, (System.nanoTime() - start) / 1_000_000_000L);
    assertEquals(0, tally.failed(), () -> tally + "\n" + String.join("\n", failures));
    assertTrue(tally.passed() > 0, "no case in " + zip);
  }
}
