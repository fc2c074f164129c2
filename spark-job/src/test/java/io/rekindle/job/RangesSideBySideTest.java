package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Scanner;
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
      EnumSet.of(Table.BLOCKS, Table.TRANSACTIONS, Table.DEPENDENCIES, Table.SIDECARS);

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
    assertFalse(report.text().contains("no rows yet"), report.text());
    assertTrue(
        executing(jobs, 26, 38).start() < executing(jobs, 11, 25).end()
            && executing(jobs, 11, 25).start() < executing(jobs, 26, 38).end(),
        jobs::toString);

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
    assertTablesEqual(out, tables);
    assertTrue(run(store, out, EnumSet.allOf(Table.class)).run().nothingToDo());
  }

  /** From the first job to the last that execute windows of some blocks. */
  private static JobIntervals.Job executing(List<JobIntervals.Job> jobs, long first, long last) {
    List<JobIntervals.Job> own =
        jobs.stream()
            .filter(job -> job.group().equals("execute"))
            .filter(job -> first <= firstBlock(job) && firstBlock(job) <= last)
            .toList();
    long end = own.stream().mapToLong(JobIntervals.Job::end).max().orElseThrow();
    return new JobIntervals.Job("execute", "range", own.get(0).start(), end, true);
  }

  private static long firstBlock(JobIntervals.Job job) {
    return new Scanner(job.what()).useDelimiter("\\D+").nextLong();
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

  /**
   * The first range fails in its second group; then all ranges come to their ends, but not what
   * they depend on across seams. In between small groups are merged, and last the run gets longer.
   */
  @Test
  void eachRangeGoesOnAtItsFirstUncommittedWindow() throws IOException {
    Path store = folder.resolve("again");
    SerialStates.store(store, states);
    Path out = folder.resolve("continued");
    Reexecution run = run(store, out, TABLES).range(11L, 45L).out("faulty:" + out, false);
    FaultyFileSystem.install();
    try {
      assertFailsFor("/blocks/group=2-", run);
      assertTrue(files(out, "open-reads-").size() > 1, files(out, "open-reads-")::toString);
      assertEquals(List.of(), files(out, "seam-"));
      CompactRun.run(out.toString(), 1 << 30, "local[2]");

      assertFailsFor("-seam-", run);
      assertEquals(45, status(out).path("committed_to").asLong());
      assertEquals(List.of(), files(out, "seam-"));

      FaultyFileSystem.deny(null);
      RunReport rest = run.verify(true).run();
      assertTrue(rest.passed() && rest.nothingToDo(), rest.text());
      assertEquals(List.of(), files(out, "open-reads-"));
      assertEquals(5, run.range(11L, LAST).run().blocks());
    } finally {
      FaultyFileSystem.uninstall();
    }
    assertEquals(List.of(), files(out, "open-reads-"));
    assertTablesEqual(out, TABLES);
  }

  private static void assertFailsFor(String denied, Reexecution run) {
    FaultyFileSystem.deny(denied);
    Exception error = assertThrows(Exception.class, run::run);
    assertTrue(ErrorReport.isBadInput(error), () -> ErrorReport.oneLine(error));
    assertTrue(ErrorReport.oneLine(error).contains("Permission denied"), error::toString);
  }

  private static List<String> files(Path out, String prefix) throws IOException {
    try (var files = Files.list(out.resolve("_rekindle"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .toList();
    }
  }
}
