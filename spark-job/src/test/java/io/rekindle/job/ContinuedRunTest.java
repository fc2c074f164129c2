package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on where another ended, and runs that fail a check. */
class ContinuedRunTest {
  private static final Set<Table> TABLES =
      EnumSet.of(Table.BLOCKS, Table.CHECKS, Table.STORAGE_DIFFS, Table.DEPENDENCIES);
  private static final String CHAIN = "chains/hive-600/chain.rlp";

  @TempDir private Path folder;
  private Path genesis;

  @BeforeEach
  void genesis() {
    genesis = TestArchives.fixture("chains/hive-600/genesis.json");
  }

  private Reexecution run(Path archive, String out, long to) {
    return new Reexecution(archive.toString(), genesis.toString())
        .range(1L, to)
        .windowGas(400_000)
        .groupBlocks(10)
        .tables(TABLES)
        .master("local[2]")
        .out(folder.resolve(out).toString(), false);
  }

  private JsonNode status(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("_status.json").toFile());
  }

  /** Of the length that its manifest says, so that only who reads it sees that it was altered. */
  private Path damage(String table) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(table))) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0xff);
      return Files.write(file, bytes);
    }
  }

  @Test
  void damagedFilesOfTablesAreNamed() throws IOException {
    Path chain = TestArchives.fixture(CHAIN);
    Set<Table> tables = EnumSet.of(Table.BLOCKS, Table.SIDECARS);
    run(chain, "first", 12).tables(tables).run();
    Path blocks = damage("first/blocks");
    RunReport again = run(chain, "first", 12).tables(tables).verify(true).run();
    assertFalse(again.passed());
    assertTrue(again.text().contains(blocks.getFileName() + ": damaged"), again.text());
    assertEquals(3, status("first").path("exit_code").asInt());

    Path sidecars = damage("first/sidecars");
    Reexecution second = run(chain, "second", 12).state(folder.resolve("first").toString(), false);
    Exception error = assertThrows(Exception.class, second::run);
    assertTrue(ErrorReport.isBadInput(error), () -> "a defect: " + error);
    String line = ErrorReport.oneLine(error);
    assertTrue(line.contains(sidecars.getFileName() + ": damaged"), line);
    assertEquals("failed", status("second").path("status").asText());
  }

  @Test
  void aRunGoesOnWhereTheLastOneEnded() throws IOException {
    Path chain = TestArchives.fixture(CHAIN);
    run(chain, "once", 60).run();
    run(chain, "parts", 25).run();
    RunReport rest =
        run(chain, "parts", 60).strategy("round-robin").windowGas(2_000_000).groupBlocks(7).run();
    assertTrue(rest.passed());
    assertEquals(35, rest.blocks(), "blocks that were not committed before");
    assertEquals(60, status("parts").path("committed").path("blocks").asLong());
    assertEquals("complete", status("parts").path("status").asText());

    Path leftover = folder.resolve("parts/blocks/group=99-0badcafe");
    Files.createDirectories(leftover.resolve("block_range=0"));
    assertTrue(run(chain, "parts", 60).run().nothingToDo());
    assertFalse(Files.exists(leftover), "what no manifest lists is removed");

    IllegalArgumentException fewer =
        assertThrows(IllegalArgumentException.class, () -> run(chain, "parts", 50).run());
    assertTrue(fewer.getMessage().contains("up to 60"), fewer::getMessage);
    IllegalArgumentException others =
        assertThrows(
            IllegalArgumentException.class,
            () -> run(chain, "parts", 60).tables(EnumSet.of(Table.LOGS)).run());
    assertTrue(others.getMessage().contains("tables is blocks,checks,"), others::getMessage);
    Path other =
        RewrittenChain.write(
            chain, folder.resolve("c"), 60, 40, RewrittenChain.STATE_ROOT, new byte[32]);
    IllegalArgumentException stranger =
        assertThrows(IllegalArgumentException.class, () -> run(other, "parts", 60).run());
    assertTrue(stranger.getMessage().contains("another chain"), stranger::getMessage);

    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, folder.resolve("once"), folder.resolve("parts"), TABLES);
    }
  }

  /** Spark lists more than 32 files in another way than fewer. */
  @Test
  void aRunGoesOnAfterManyGroups() throws IOException {
    Path chain = TestArchives.fixture(CHAIN);
    Set<Table> blocks = EnumSet.of(Table.BLOCKS);
    run(chain, "many", 40).windowBlocks(1).groupBlocks(1).tables(blocks).run();
    RunReport rest = run(chain, "many", 41).tables(blocks).verify(true).run();
    assertTrue(rest.passed(), rest.text());
    assertEquals(1, rest.blocks());
    try (SparkSession spark = OutputTables.session()) {
      assertEquals(
          0,
          OutputTables.read(spark, folder.resolve("many"), Table.BLOCKS)
              .where("total_difficulty is null")
              .count());
    }
  }

  @Test
  void anAlteredCheckpointIsFound() throws IOException {
    Path chain = TestArchives.fixture(CHAIN);
    run(chain, "out", 25).run();
    Path states = folder.resolve("out/_rekindle/state");
    try (Stream<Path> files = Files.list(states)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(".")) {
          Files.delete(file);
        } else {
          byte[] bytes = Files.readAllBytes(file);
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
    IOException found = assertThrows(IOException.class, () -> run(chain, "out", 30).run());
    assertTrue(found.getMessage().contains("is not what a run wrote"), found::getMessage);
    assertEquals(2, status("out").path("exit_code").asInt());
  }

  @Test
  void aFailedCheckStopsTheRun() throws IOException {
    Path chain = wrongAt20();
    RunReport report = run(chain, "out", 40).run();
    assertFalse(report.passed());
    JsonNode status = status("out");
    assertEquals("failed", status.path("status").asText());
    assertEquals(3, status.path("exit_code").asInt());
    assertTrue(status.path("committed_to").asLong() < 20, status::toString);
    assertTrue(status.path("committed_to").asLong() > 0, status::toString);
    JsonNode failure = status.path("failures").path(0);
    assertEquals(20, failure.path("block_number").asLong());
    assertEquals("STATE_ROOT", failure.path("check").asText());
    assertEquals("0x" + "00".repeat(32), failure.path("expected").asText());

    assertFalse(run(chain, "out", 40).run().passed(), "the same command again fails again");
  }

  @Test
  void aFailedCheckIsRecordedWhereThatIsAskedFor() throws IOException {
    Path chain = wrongAt20();
    assertFalse(run(chain, "out", 40).onMismatch(OnMismatch.RECORD).run().passed());
    assertEquals(40, status("out").path("committed_to").asLong());
    RunReport again = run(chain, "out", 40).onMismatch(OnMismatch.RECORD).run();
    assertTrue(again.nothingToDo());
    assertFalse(again.passed(), "what was recorded is not forgotten");
    try (SparkSession spark = OutputTables.session()) {
      List<String> failed =
          OutputTables.read(spark, folder.resolve("out"), Table.CHECKS)
              .where("NOT passed")
              .orderBy("block_number")
              .selectExpr("concat_ws(' ', block_number, check, expected)")
              .as(Encoders.STRING())
              .collectAsList();
      // Later blocks fail as well, since this chain keeps hashes of blocks in its state.
      assertEquals("20 state_root 0x" + "00".repeat(32), failed.get(0));
      assertEquals(failed.size(), status("out").path("committed").path("checks_failed").asInt());
    }
  }

  private Path wrongAt20() {
    try {
      return RewrittenChain.write(
          TestArchives.fixture(CHAIN),
          folder.resolve("wrong.rlp"),
          40,
          20,
          RewrittenChain.STATE_ROOT,
          new byte[32]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
