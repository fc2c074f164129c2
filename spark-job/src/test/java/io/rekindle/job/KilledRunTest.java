package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed again and again, at any point, and continued by the same command. */
class KilledRunTest {
  private static final int KILLS = 10;
  private static final Set<Table> TABLES =
      EnumSet.of(Table.BLOCKS, Table.TRANSACTIONS, Table.STORAGE_DIFFS);

  @TempDir private Path folder;

  @Test
  void tablesEqualThoseOfAnUndisturbedRun() throws Exception {
    String chain = TestArchives.fixture("chains/hive-600/chain.rlp").toString();
    String genesis = TestArchives.fixture("chains/hive-600/genesis.json").toString();
    long seed = System.nanoTime();
    System.out.println("kills at points of seed " + seed);
    Random random = new Random(seed);
    Path killed = folder.resolve("killed");
    int midway = 0;
    long reached = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process child = start(chain, genesis, killed);
      awaitStatusOf(child, killed, kill);
      boolean ended = child.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
      child.destroyForcibly().waitFor();
      midway += ended ? 0 : 1;
      long now = committedTo(killed);
      assertTrue(now >= reached, "what was committed stays: " + reached + ", then " + now);
      reached = now;
    }
    assertTrue(midway > KILLS / 2, midway + " kills were midway");
    int code = start(chain, genesis, killed).waitFor();
    assertEquals(0, code, () -> lastLines());
    assertEquals(600, committedTo(killed));

    new Reexecution(chain, genesis)
        .tables(TABLES)
        .master("local[2]")
        .out(folder.resolve("undisturbed").toString(), false)
        .run();
    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, folder.resolve("undisturbed"), killed, TABLES);
    }
  }

  private Process start(String chain, String genesis, Path out) throws IOException {
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
        List.of("--out", out.toString(), "--tables", "blocks,transactions,storage_diffs"));
    command.addAll(List.of("--master", "local[2]", "--window-gas", "800000"));
    command.addAll(List.of("--group-blocks", "6"));
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

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long committedTo(Path out) throws IOException {
    Path meta = out.resolve("_rekindle");
    long last = 0;
    try (var files = Files.newDirectoryStream(meta, "group-*.json")) {
      for (Path file : files) {
        last =
            Math.max(last, new ObjectMapper().readTree(file.toFile()).path("last_block").asLong());
      }
    }
    return last;
  }
}
