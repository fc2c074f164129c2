package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs over public blocks: every check passes, whatever the plan. */
class ReexecutionTest {
  private static Path fixture(String name) {
    Path path = Path.of(System.getProperty("rekindle.fixtures", "../../shared/fixtures"), name);
    if (!Files.exists(path)) {
      System.out.println("SKIPPED: no fixtures at " + path);
    }
    assumeTrue(Files.exists(path), () -> "no fixtures at " + path);
    return path;
  }

  private static String summary(RunReport report) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text, true));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusters", "accounts", "blocks", "round-robin"})
  void mainnetBlocksPassEveryCheck(String strategy) throws IOException {
    RunReport report =
        new Reexecution(fixture("mainnet-blocks").toString(), "mainnet")
            .strategy(strategy)
            .master("local[2]")
            .run();
    assertTrue(report.passed(), () -> summary(report));
    assertTrue(summary(report).startsWith("41 blocks, 10,724 transactions"), summary(report));
  }

  /** With eight cores, stale units also go back to the executors in rounds. */
  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local[8]"})
  void everyStateRootOfAChainComesOut(String master) throws IOException {
    RunReport report =
        new Reexecution(
                fixture("chains/hive-600/chain.rlp").toString(),
                fixture("chains/hive-600/genesis.json").toString())
            .windowGas(20_000_000)
            .master(master)
            .run();
    assertTrue(report.passed(), () -> summary(report));
    assertTrue(summary(report).startsWith("600 blocks, 603 transactions"), summary(report));
  }

  /** Blocks without transactions: rewards, ommers and difficulties alone make the state. */
  @Test
  void everyStateRootOfMainnetsFirstBlocksComesOut() throws IOException {
    RunReport report =
        new Reexecution(
                fixture("era1/mainnet-00000-5ec1ffb8.era1").toString(),
                fixture("genesis/mainnet.json").toString())
            .master("local[2]")
            .run();
    assertTrue(report.passed(), () -> summary(report));
    assertTrue(summary(report).startsWith("8,191 blocks, 0 transactions"), summary(report));
    assertTrue(summary(report).contains("137,991 checks passed, 0 failed"), summary(report));
  }

  @Test
  void partOfTheSampleChainWithRoundsPasses() throws IOException {
    Path sample = Path.of("../sample");
    RunReport report =
        new Reexecution(
                sample.resolve("chain.rlp.gz").toString(),
                sample.resolve("genesis.json").toString())
            .range(1L, 60L)
            .strategy("round-robin")
            .windowGas(50_000_000)
            .master("local[16]")
            .run();
    assertTrue(report.passed(), () -> summary(report));
    assertTrue(report.rounds() > 0, () -> summary(report));
    assertEquals(60, report.blocks());
  }
}
