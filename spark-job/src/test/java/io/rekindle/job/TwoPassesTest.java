package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.table.Table;
import io.rekindle.snapshot.sidecar.Sidecar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first run leaves sidecars; a second starts every unit from what they tell, and proves them. */
class TwoPassesTest {
  private static final long BLOCKS = 24;

  @TempDir static Path folder;
  private static Path first;

  @BeforeAll
  static void firstPass() throws IOException {
    first = folder.resolve("first");
    assertTrue(reexecution().out(first.toString(), false).run().passed());
  }

  private static Reexecution reexecution() {
    return new Reexecution(
            TestArchives.sample("chain.rlp.gz").toString(),
            TestArchives.sample("genesis.json").toString())
        .range(1L, BLOCKS)
        .windowGas(60_000_000)
        .master("local[2]");
  }

  private static String summary(RunReport report) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text, true));
    return text.toString();
  }

  private static void assertTablesEqual(Path other) throws IOException {
    Set<Table> tables = EnumSet.allOf(Table.class);
    tables.removeAll(Table.ofThePlan());
    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, first, other, tables);
    }
  }

  @Test
  void theSecondPassHasNoConflictsAndEqualTables() throws IOException {
    Path second = folder.resolve("second");
    RunReport report =
        reexecution().state(first.toString(), false).out(second.toString(), false).run();
    String summary = summary(report);
    assertTrue(report.passed(), summary);
    assertTrue(summary.contains(" 0 units re-run in 0 rounds, 0 gas wasted"), summary);
    assertTrue(summary.contains(BLOCKS + " sidecars proven, 0 wrong"), summary);
    assertTablesEqual(second);
  }

  @Test
  void everyLieIsNamedAndHarmsNothing() throws IOException {
    Path lying = folder.resolve("lying");
    Map<Long, String> expected = new TreeMap<>();
    Deque<WrongSidecars.Way> ways = new ArrayDeque<>(WrongSidecars.all());
    copyWithSidecars(
        lying,
        (block, sidecar) -> {
          for (int tries = ways.size(); tries > 0; tries--) {
            WrongSidecars.Way way = ways.removeFirst();
            Optional<WrongSidecars.Lie> lie = way.lie().apply(sidecar);
            if (lie.isPresent()) {
              expected.put(block, lie.get().name());
              return lie.get().sidecar();
            }
            ways.addLast(way);
          }
          return sidecar;
        });
    assertEquals(List.of(), ways.stream().map(WrongSidecars.Way::name).toList());

    Path third = folder.resolve("third");
    RunReport report =
        reexecution().state(lying.toString(), false).out(third.toString(), false).run();
    String summary = summary(report);
    assertFalse(report.passed(), summary);
    expected.forEach(
        (block, name) ->
            assertTrue(
                summary.lines().anyMatch(line -> isFinding(line, block, name)),
                () -> "block " + block + ", " + name + " is not in\n" + summary));
    assertTrue(
        summary.contains(
            BLOCKS - expected.size() + " sidecars proven, " + expected.size() + " wrong"),
        summary);
    assertFalse(summary.contains(" 0 units re-run"), summary);
    assertTrue(summary.contains(" 0 failed"), summary);
    assertTablesEqual(third);
  }

  private static boolean isFinding(String line, long block, String name) {
    return line.startsWith("wrong sidecar: block " + block + ", ") && line.contains(name);
  }

  @Test
  void tablesWithoutSidecarsAndMissingOnesAreSaidInOneLine() throws IOException {
    Path bare = folder.resolve("bare");
    reexecution().range(1L, 5L).tables(Set.of(Table.BLOCKS)).out(bare.toString(), false).run();
    ArchiveException none =
        assertThrows(
            ArchiveException.class, () -> reexecution().state(bare.toString(), false).run());
    assertTrue(none.getMessage().contains("left no sidecars"), none.getMessage());
    ArchiveException missing =
        assertThrows(
            ArchiveException.class,
            () -> reexecution().range(1L, BLOCKS + 1).state(first.toString(), false).run());
    assertTrue(
        missing.getMessage().contains("sidecar of block " + (BLOCKS + 1)), missing.getMessage());
  }

  private interface Change {
    Sidecar apply(long block, Sidecar sidecar);
  }

  /** Copies the first run's folder, with other sidecars. */
  private static void copyWithSidecars(Path to, Change change) throws IOException {
    try (Stream<Path> files = Files.walk(first)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(first.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    try (Stream<Path> files = Files.walk(to.resolve("sidecars"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        rewrite(file, change);
      }
    }
  }

  private static void rewrite(Path file, Change change) throws IOException {
    Path staged = folder.resolve("staged-" + file.getFileName());
    try (SparkSession spark = OutputTables.session()) {
      List<Row> rows = spark.read().parquet(file.toString()).collectAsList();
      List<Row> changed = new ArrayList<>();
      rows.stream()
          .sorted((a, b) -> Long.compare(a.getAs("block_number"), b.getAs("block_number")))
          .forEach(row -> changed.add(changed(row, change)));
      spark
          .createDataFrame(changed, rows.get(0).schema())
          .coalesce(1)
          .write()
          .parquet(staged.toString());
    }
    Files.delete(file);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    try (Stream<Path> written = Files.list(staged)) {
      Files.copy(
          written.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow(),
          file);
    }
  }

  private static Row changed(Row row, Change change) {
    Object[] cells = new Object[row.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.get(i);
    }
    Sidecar sidecar =
        change.apply(
            row.getAs("block_number"),
            Sidecar.decode(row.getAs("block_access_list"), row.getAs("extension")));
    cells[row.fieldIndex("block_access_list")] = sidecar.listBytes();
    cells[row.fieldIndex("extension")] = sidecar.extensionBytes();
    return RowFactory.create(cells);
  }
}
