package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of a chain that start side by side from the states that a store holds. */
class RangesSideBySideTest {
  private static final Path CHAIN = TestArchives.sample("chain.rlp.gz");
  private static final Path GENESIS = TestArchives.sample("genesis.json");
  private static final long LAST = 50;
  private static final Set<Table> TABLES =
      EnumSet.of(Table.BLOCKS, Table.TRANSACTIONS, Table.STORAGE_DIFFS, Table.SIDECARS);

  @TempDir static Path folder;
  private static List<SerialStates.State> states;
  private static Path serial;

  /** The tables of one run from the first state to the end. */
  @BeforeAll
  static void runSerially() throws IOException {
    states = SerialStates.after(CHAIN, GENESIS, List.of(10L, 25L, 38L));
    Path single = folder.resolve("single");
    SerialStates.store(single, states.subList(0, 1));
    serial = folder.resolve("serial");
    assertTrue(run(single, serial, EnumSet.allOf(Table.class)).run().passed());
  }

  private static Reexecution run(Path store, Path out, Set<Table> tables) {
    return new Reexecution(CHAIN.toString(), GENESIS.toString())
        .state(store.toString(), false)
        .range(11L, LAST)
        .windowGas(20_000_000)
        .groupBlocks(4)
        .tables(tables)
        .rangesAtOnce(2)
        .master("local[2]")
        .out(out.toString(), false);
  }

  private static JsonNode status(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("_status.json").toFile());
  }

  private static void assertTablesEqual(Path out, Set<Table> tables) throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, serial, out, tables);
    }
  }

  @Test
  void tablesEqualThoseOfOneRange() throws Exception {
    Path store = folder.resolve("store");
    SerialStates.store(store, states);
    Path out = folder.resolve("ranges");
    List<RunReport> reports = new ArrayList<>();
    List<JobIntervals.Job> jobs =
        JobIntervals.of(
            () -> reports.add(run(store, out, EnumSet.allOf(Table.class)).verify(true).run()));
    RunReport report = reports.get(0);
    assertTrue(report.passed(), report.text());
    assertTrue(report.text().contains("3 ranges side by side, 2 of 2 seams proven"), report.text());
    assertTrue(report.text().contains("range, which starts at block 11, 26, 39"), report.text());
    assertEquals(2, JobIntervals.mostAtOnce(jobs, "execute"), jobs::toString);

    JsonNode status = status(out);
    assertEquals(LAST, status.path("committed_to").asLong());
    List<String> ranges = new ArrayList<>();
    status.path("ranges").forEach(range -> ranges.add(range.toString()));
    assertEquals(
        List.of(
            range(11, 25, 25, "null"),
            range(26, 38, 38, "\"proven\""),
            range(39, 50, 50, "\"proven\"")),
        ranges);

    Set<Table> tables = EnumSet.allOf(Table.class);
    tables.removeAll(Table.ofThePlan());
    // What units depend on is not known beyond the start of their range.
    tables.remove(Table.DEPENDENCIES);
    assertTablesEqual(out, tables);
    assertTrue(run(store, out, EnumSet.allOf(Table.class)).run().nothingToDo());
  }

  private static String range(long first, long last, long committedTo, String seam) {
    return String.format(
        "{\"first_block\":%d,\"last_block\":%d,\"committed_to\":%d,\"seam\":%s}",
        first, last, committedTo, seam);
  }

  @Test
  void aRangeThatFailsLosesNoOtherAndIsContinuedAlone() throws IOException {
    // The second state is the first one, under the second one's number and root.
    Path store = folder.resolve("wrong");
    SerialStates.store(store, states.subList(0, 1));
    SerialStates.State second = states.get(1);
    OverlayState nothing = new OverlayState(states.get(0).state());
    SerialStates.append(
        store, new SerialStates.State(second.number(), second.root(), nothing, second.state()));
    Path out = folder.resolve("failed");
    ArchiveException wrong =
        assertThrows(ArchiveException.class, () -> run(store, out, TABLES).run());
    assertTrue(wrong.getMessage().contains("its accounts have the root"), wrong.getMessage());
    assertEquals(25, status(out).path("committed_to").asLong());
    assertEquals("failed", status(out).path("status").asText());
    assertEquals(2, status(out).path("exit_code").asInt());

    // The store has a right state by now, and one more that the run does not start from.
    SerialStates.append(store, second);
    SerialStates.append(store, states.get(2));
    RunReport rest = run(store, out, TABLES).run();
    assertTrue(rest.passed(), rest.text());
    assertEquals(LAST - 25, rest.blocks());
    assertTrue(rest.text().contains("2 ranges side by side, 1 of 1 seams proven"), rest.text());
    assertTablesEqual(out, TABLES);
  }

  @Test
  void eachRangeGoesOnAtItsFirstUncommittedWindow() throws IOException {
    Path store = folder.resolve("again");
    SerialStates.store(store, states);
    Path out = folder.resolve("continued");
    assertTrue(run(store, out, TABLES).run().passed());
    // As if the run had been killed just before it committed the last group of the first range and
    // of the last.
    Path meta = out.resolve("_rekindle");
    Files.delete(lastManifest(meta, "group-000000000"));
    Files.delete(lastManifest(meta, "group-000002000"));
    RunReport rest = run(store, out, TABLES).run();
    assertTrue(rest.passed(), rest.text());
    assertTrue(rest.blocks() >= 2 && rest.blocks() < 26, rest.text());
    assertTrue(rest.text().contains("2 of 2 seams proven"), rest.text());
    assertTablesEqual(out, TABLES);
  }

  private static Path lastManifest(Path meta, String prefix) throws IOException {
    try (var files = Files.list(meta)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .reduce((first, second) -> second)
          .orElseThrow();
    }
  }
}
