package io.rekindle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.TestArchives;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options of the main command: where they come from, and what is refused. */
class ReexecuteCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void clear() {
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(SparkProperties.PREFIX)) {
                System.clearProperty(name);
              }
            });
  }

  private int run(String... arguments) {
    return Rekindle.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static Object value(String option, String... arguments) {
    CommandLine.ParseResult parsed = Rekindle.commandLine().parseArgs(arguments);
    return parsed.subcommand().commandSpec().findOption(option).getValue();
  }

  @Test
  void theCommandLineComesBeforePropertiesAndTheseBeforeDefaults() {
    assertEquals(200_000_000L, (Long) value("--window-gas", "reexecute"));
    System.setProperty("spark.rekindle.windowGas", "7");
    assertEquals(7L, (Long) value("--window-gas", "reexecute"));
    assertEquals(9L, (Long) value("--window-gas", "reexecute", "--window-gas", "9"));
  }

  @Test
  void aFlagThatAPropertySetsStaysSetOnTheCommandLine() {
    System.setProperty("spark.rekindle.overwrite", "true");
    assertEquals(true, value("--overwrite", "reexecute"));
    assertEquals(true, value("--overwrite", "reexecute", "--overwrite"));
    assertEquals(false, value("--overwrite", "reexecute", "--overwrite=false"));
  }

  @Test
  void aPropertyForNoOptionIsRefused() {
    System.setProperty("spark.rekindle.windwGas", "7");
    assertEquals(2, run("reexecute"));
    assertOneLineOfError("there is no property spark.rekindle.windwGas");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--window-gas -5 | --window-gas must be at least 1, not -5",
        "--window-gas much | 'much' is not a long",
        "--group-blocks 0 | --group-blocks must be at least 1, not 0",
        "--from -1 | not below 0",
        "--from 9 --to 3 | --from 9 is after --to 3",
        "--tables blocks,secrets | no table secrets",
        "--strategy luck | no strategy is called 'luck'",
        "--engine steam | there is no engine steam",
        "--on-mismatch shrug | expected one of [STOP, RECORD]",
        "--verify | name their folder with --out"
      })
  void absurdOptionsAreRefusedInOneLine(String options, String message) {
    String[] all = ("reexecute --archive absent " + options).split(" ", -1);
    assertEquals(2, run(all));
    assertOneLineOfError(message);
  }

  @Test
  void aDryRunSaysWhatThereIsAndChangesNothing() {
    String archive = TestArchives.fixture("mainnet-blocks").toString();
    Path tables = folder.resolve("tables");
    int code =
        run(
            "reexecute",
            "--archive",
            archive,
            "--dry-run",
            "--out",
            tables.toString(),
            "--master",
            "local[1]",
            "--from",
            "4369999",
            "--to",
            "4370005");
    assertEquals(0, code, err::toString);
    assertTrue(
        out.toString().contains("2 blocks to run: blocks 4369999 to 4370000"), out::toString);
    assertTrue(out.toString().contains("gaps: blocks 4370001 to 4370005"), out::toString);
    assertTrue(out.toString().contains("state: 2 of 2 blocks"), out::toString);
    assertFalse(Files.exists(tables));
  }

  /** An executor reads the blocks, and Spark wraps what it throws. */
  @Test
  void whatATaskFindsWrongInAnArchiveIsOneLineToo() throws IOException {
    byte[] chain = Files.readAllBytes(TestArchives.fixture("chains/hive-600/chain.rlp"));
    for (int i = 0; i < 60; i++) {
      chain[chain.length / 2 + i] ^= (byte) 0xff;
    }
    Path damaged = Files.write(folder.resolve("damaged.rlp"), chain);
    String genesis = TestArchives.fixture("chains/hive-600/genesis.json").toString();
    int code =
        run(
            "reexecute",
            "--archive",
            damaged.toString(),
            "--chain",
            genesis,
            "--master",
            "local[2]");
    assertEquals(2, code, err::toString);
    assertTrue(err.toString().lines().reduce((a, b) -> b).orElse("").contains("damaged.rlp"));
    assertFalse(err.toString().contains("SparkException"), err::toString);
  }

  private void assertOneLineOfError(String part) {
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(part), err::toString);
  }
}
