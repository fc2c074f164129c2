package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.output.Compaction;
import io.rekindle.job.output.FileKind;
import io.rekindle.job.output.OutputException;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small groups become large ones, and each row stays there once, wherever that is killed. */
class CompactionTest {
  private static final Set<Table> TABLES = EnumSet.of(Table.BLOCKS, Table.TRANSACTIONS);

  @TempDir private Path folder;

  private RunReport run(String out, long to) throws IOException {
    return new Reexecution(
            TestArchives.fixture("chains/hive-600/chain.rlp").toString(),
            TestArchives.fixture("chains/hive-600/genesis.json").toString())
        .range(1L, to)
        .windowGas(400_000)
        .groupBlocks(10)
        .tables(TABLES)
        .master("local[2]")
        .out(folder.resolve(out).toString(), false)
        .verify(true)
        .run();
  }

  @Test
  void rowsStayOnceWhereverACompactionIsKilled() throws IOException {
    run("out", 50);
    Path out = folder.resolve("out");
    Path before = folder.resolve("before");
    copy(out, before);

    Compaction.Result result = CompactRun.run(out.toString(), 1 << 30, "local[2]");
    assertTrue(result.groupsBefore() >= 3, result::toString);
    assertEquals(1, result.groupsAfter());
    assertEquals(TABLES.size(), result.filesAfter(), "a file for each table and span of blocks");
    assertEqualToBefore(before, out);

    // As if it had been killed after its manifest: what went into the group is still there.
    copy(before, out);
    assertEqualToBefore(before, out);
    RunReport rest = run("out", 60);
    assertTrue(rest.passed(), "the run goes on, and its tables verify");
    assertEquals(10, rest.blocks());
    assertFalse(Files.exists(out.resolve("_rekindle/group-000000000001.json")), "removed at last");
  }

  private static void assertEqualToBefore(Path before, Path out) throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, before, out, TABLES);
    }
  }

  @Test
  void rowsThatGetLostOnTheWayAreMissed() throws IOException {
    run("out", 20);
    Path out = folder.resolve("out");
    Path before = folder.resolve("before");
    copy(out, before);
    FaultyFileSystem.install();
    try {
      FaultyFileSystem.lose("transactions/group=1-");
      OutputException error =
          assertThrows(
              OutputException.class, () -> CompactRun.run("faulty:" + out, 1 << 30, "local[2]"));
      assertTrue(
          error.getMessage().matches(".*transactions of blocks 1 to 20: \\d+ rows went in, 0 .*"),
          error.getMessage());
    } finally {
      FaultyFileSystem.uninstall();
    }
    try (Stream<Path> groups = Files.list(out.resolve("blocks"))) {
      assertFalse(
          groups.anyMatch(group -> group.toString().matches(".*/group=1-\\d+-.*")), "no rest");
    }
    assertEqualToBefore(before, out);
    assertEquals(1, CompactRun.run(out.toString(), 1 << 30, "local[2]").groupsAfter());
    assertEqualToBefore(before, out);
  }

  /** All tables, whatever their columns, in each format that files can have. */
  @ParameterizedTest
  @CsvSource({"ORC, HEX", "JSON, BINARY"})
  void everyFormatAndEncodingIsCompacted(FileKind kind, Encoding encoding) throws IOException {
    Path out = folder.resolve("out");
    Reexecution run =
        new Reexecution(
                TestArchives.sample("chain.rlp.gz").toString(),
                TestArchives.sample("genesis.json").toString())
            .range(1L, 4L)
            .windowBlocks(1)
            .groupBlocks(2)
            .master("local[2]")
            .files(kind, encoding)
            .out(out.toString(), false);
    assertTrue(run.run().passed());
    Path before = folder.resolve("before");
    copy(out, before);
    Compaction.Result result = CompactRun.run(out.toString(), 1 << 30, "local[2]");
    assertEquals(2, result.groupsBefore());
    assertEquals(1, result.groupsAfter());
    assertTrue(result.filesAfter() < result.filesBefore(), result::toString);
    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, before, out, EnumSet.allOf(Table.class));
    }
    assertTrue(run.verify(true).run().passed(), "the manifests tell what is there");
  }

  @Test
  void aMissingFileIsFoundByVerifying() throws IOException {
    run("out", 20);
    try (Stream<Path> files = Files.walk(folder.resolve("out/transactions"))) {
      Files.delete(files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    RunReport again = run("out", 20);
    assertFalse(again.passed());
    assertTrue(again.text().contains("is missing, its manifest lists it"), again::text);
  }

  @Test
  void onlyTheFolderOfARunIsCompacted() {
    assertThrows(
        IllegalArgumentException.class,
        () -> CompactRun.run(folder.resolve("none").toString(), 1 << 30, "local[1]"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
