package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed again and again, at any point, and continued by the same command. */
class KilledRunTest {
  private static final int KILLS = 10;
  private static final Set<Table> TABLES =
      EnumSet.of(Table.BLOCKS, Table.TRANSACTIONS, Table.STORAGE_DIFFS, Table.DEPENDENCIES);

  @TempDir private Path folder;

  private final String chain = TestArchives.fixture("chains/hive-600/chain.rlp").toString();
  private final String genesis = TestArchives.fixture("chains/hive-600/genesis.json").toString();

  @Test
  void tablesEqualThoseOfAnUndisturbedRun() throws Exception {
    Path killed = folder.resolve("killed");
    killAndContinue(killed, List.of());
    assertEquals(600, committedBlocks(killed));
    run().out(folder.resolve("undisturbed").toString(), false).run();
    assertTablesEqual(folder.resolve("undisturbed"), killed);
  }

  /** Several ranges are open at every kill, and each goes on where it was itself. */
  @Test
  void tablesOfRangesSideBySideEqualThoseOfOneUndisturbedRun() throws Exception {
    List<SerialStates.State> states =
        SerialStates.after(Path.of(chain), Path.of(genesis), List.of(1L, 160L, 310L, 450L));
    Path several = folder.resolve("states");
    SerialStates.store(several, states);
    Path killed = folder.resolve("killed");
    int open = killAndContinue(killed, List.of("--state", several.toString(), "--ranges", "3"));
    assertTrue(open > 1, open + " ranges, at most, were begun and not at their ends");
    assertEquals(599, committedBlocks(killed));
    assertEquals(Set.of("proven"), seams(killed));
    Path single = folder.resolve("state");
    SerialStates.store(single, states.subList(0, 1));
    run()
        .state(single.toString(), false)
        .out(folder.resolve("undisturbed").toString(), false)
        .run();
    assertTablesEqual(folder.resolve("undisturbed"), killed);
  }

  private Reexecution run() {
    return new Reexecution(chain, genesis).tables(TABLES).master("local[2]");
  }

  private static void assertTablesEqual(Path undisturbed, Path killed) throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, undisturbed, killed, TABLES);
    }
  }

  /**
   * Runs the same command until it has been killed often enough, and then to its end.
   *
   * @return the most ranges that a kill found begun, but not ended
   */
  private int killAndContinue(Path out, List<String> options) throws Exception {
    long seed = System.nanoTime();
    System.out.println("kills at points of seed " + seed);
    Random random = new Random(seed);
    int midway = 0;
    int open = 0;
    long reached = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process child = start(out, options);
      awaitStatusOf(child, out, kill);
      awaitGroups(child, out, groups(out).size() + random.nextInt(8));
      boolean ended = child.waitFor(random.nextInt(500), TimeUnit.MILLISECONDS);
      child.destroyForcibly().waitFor();
      midway += ended ? 0 : 1;
      long now = committedBlocks(out);
      assertTrue(now >= reached, "what was committed stays: " + reached + ", then " + now);
      reached = now;
      open = Math.max(open, openRanges(out));
    }
    assertTrue(midway > KILLS / 2, midway + " kills were midway");
    int code = start(out, options).waitFor();
    assertEquals(0, code, () -> lastLines());
    return open;
  }

  private Process start(Path out, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            "io.rekindle.cli.Rekindle",
            "--debug",
            "reexecute",
            "--archive",
            chain,
            "--chain",
            genesis));
    command.addAll(
        List.of(
            "--out", out.toString(), "--tables", "blocks,transactions,storage_diffs,dependencies"));
    command.addAll(List.of("--master", "local[2]", "--window-gas", "800000"));
    command.addAll(List.of("--group-blocks", "6"));
    command.addAll(options);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /**
   * Waits until a run has said that it goes on, so that the kill does not just hit its start-up.
   */
  private static void awaitStatusOf(Process child, Path out, int kill)
      throws IOException, InterruptedException {
    Path status = out.resolve("_status.json");
    long before = Files.exists(status) ? Files.getLastModifiedTime(status).toMillis() : -1;
    while (child.isAlive()
        && (!Files.exists(status) || Files.getLastModifiedTime(status).toMillis() == before)) {
      Thread.sleep(20);
    }
    assertTrue(child.isAlive(), "run " + kill + " ended by itself");
  }

  /** Waits for commits rather than for a time, so that a slow machine sees the same kills. */
  private static void awaitGroups(Process child, Path out, int wanted)
      throws IOException, InterruptedException {
    while (child.isAlive() && groups(out).size() < wanted) {
      Thread.sleep(20);
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long committedBlocks(Path out) throws IOException {
    long blocks = 0;
    for (JsonNode group : groups(out)) {
      blocks += group.path("last_block").asLong() - group.path("first_block").asLong() + 1;
    }
    return blocks;
  }

  private static List<JsonNode> groups(Path out) throws IOException {
    List<JsonNode> groups = new ArrayList<>();
    try (var files = Files.newDirectoryStream(out.resolve("_rekindle"), "group-*.json")) {
      for (Path file : files) {
        groups.add(new ObjectMapper().readTree(file.toFile()));
      }
    }
    return groups;
  }

  /** Ranges of which some groups are committed, but not the last one. */
  private static int openRanges(Path out) throws IOException {
    int open = 0;
    List<JsonNode> groups = groups(out);
    for (JsonNode range : status(out).path("ranges")) {
      long first = range.path("first_block").asLong();
      long last = range.path("last_block").asLong();
      boolean begun =
          groups.stream().anyMatch(group -> group.path("first_block").asLong() == first);
      boolean ended = groups.stream().anyMatch(group -> group.path("last_block").asLong() == last);
      open += begun && !ended ? 1 : 0;
    }
    return open;
  }

  /** What the status says of the seams between ranges. */
  private static Set<String> seams(Path out) throws IOException {
    Set<String> seams = new TreeSet<>();
    for (JsonNode range : status(out).path("ranges")) {
      if (!range.path("seam").isNull()) {
        seams.add(range.path("seam").asText());
      }
    }
    return seams;
  }

  private static JsonNode status(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("_status.json").toFile());
  }
}
