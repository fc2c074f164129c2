package io.rekindle.job.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.OutputTables;
import io.rekindle.job.output.GroupFiles.TaskFiles;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.RowSink;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of several ranges that are committed to one new folder at the same time. */
class GroupFilesTest {
  private static final int ROUNDS = 40;
  private static final int RANGES = 4;
  private static final List<Table> TABLES = List.of(Table.CHECKS, Table.NONCE_DIFFS, Table.UNITS);

  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session = OutputTables.session();
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void stop() throws IOException {
    session.close();
  }

  /** A group's folders by table. */
  private static Map<Table, String> folders(int group) {
    Map<Table, String> folders = new EnumMap<>(Table.class);
    for (Table table : TABLES) {
      folders.put(table, table.tableName() + "/group=" + group);
    }
    return folders;
  }

  /** A row without values in each table. */
  private static void rows(RowSink sink) {
    for (Table table : TABLES) {
      int columns = table.fileSchema(Encoding.HEX).size();
      sink.add(table, 0, new GenericInternalRow(new Object[columns]));
    }
  }

  /** Something that happens between tasks and commit. */
  @FunctionalInterface
  private interface Meanwhile {
    void happens() throws Exception;
  }

  private static List<TaskFiles> write(Path out, int group, Meanwhile other) throws Exception {
    try (GroupFiles files =
        new GroupFiles(spark, out.toString(), folders(group), FileKind.JSON, Encoding.HEX)) {
      files.begin();
      List<TaskFiles> tasks =
          spark
              .parallelize(List.of(group), 1)
              .map(one -> TableWriter.serialized(files.write(GroupFilesTest::rows)))
              .collect()
              .stream()
              .map(TableWriter::deserialized)
              .toList();
      other.happens();
      files.commit(tasks);
      return tasks;
    }
  }

  @Test
  void aGroupThatFailsTakesNothingOfAnother() throws Exception {
    Path out = folder.resolve("failed");
    List<TaskFiles> tasks =
        write(
            out,
            2,
            () -> {
              try (GroupFiles failed =
                  new GroupFiles(spark, out.toString(), folders(1), FileKind.JSON, Encoding.HEX)) {
                failed.begin();
                failed.abort(new IOException("no space"));
              }
            });
    OutputFolder output = new OutputFolder(out.toString(), new Configuration());
    for (Map.Entry<Table, String> table : folders(2).entrySet()) {
      Set<String> paths = Set.copyOf(tasks.get(0).paths().get(table.getKey()));
      assertEquals(1, output.data().list(table.getValue(), paths).files().size());
    }
    assertFalse(Files.exists(out.resolve("_temporary")), "nothing staged is left");
  }

  @Test
  void groupsThatAreTheFirstAtTheSameTimeLoseNothing() throws Exception {
    ExecutorService ranges = Executors.newFixedThreadPool(RANGES);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path out = folder.resolve("round-" + round);
        CyclicBarrier ready = new CyclicBarrier(RANGES);
        List<Callable<List<TaskFiles>>> writes = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
          int group = i;
          writes.add(() -> write(out, group, ready::await));
        }
        OutputFolder output = new OutputFolder(out.toString(), new Configuration());
        List<Future<List<TaskFiles>>> results = ranges.invokeAll(writes);
        for (int group = 0; group < RANGES; group++) {
          TaskFiles task = results.get(group).get().get(0);
          for (Map.Entry<Table, String> table : folders(group).entrySet()) {
            Set<String> paths = Set.copyOf(task.paths().get(table.getKey()));
            assertEquals(1, output.data().list(table.getValue(), paths).files().size());
          }
        }
      }
    } finally {
      ranges.shutdownNow();
    }
  }

  @Test
  void aFileThatIsNotWhereItBelongsIsNamed() throws IOException {
    OutputFolder output = new OutputFolder(folder.toString(), new Configuration());
    IOException missing =
        assertThrows(
            IOException.class,
            () -> output.data().list("units/group=1", Set.of("block_range=0/a.json", "b.json")));
    String message = missing.getMessage();
    assertTrue(message.endsWith("which tasks wrote and the commit protocol was to put there"));
    assertTrue(message.contains("units/group=1 lacks b.json and 1 more files"), message);
  }
}
