package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.output.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own folders: full, or none that can be written to. */
class LocalSpaceTest {
  @TempDir private Path folder;

  private SparkConf conf(String folders) {
    return new SparkConf(false).set("spark.master", "local[2]").set("spark.local.dir", folders);
  }

  private void assertTold(Exception thrown) {
    SparkConf conf = conf(folder.toString());
    OutputException told =
        assertThrows(OutputException.class, () -> LocalSpace.throwIfFull(thrown, conf));
    assertEquals(
        "cannot write to Spark's local folder "
            + folder
            + " (spark.local.dir): No space left on device",
        ErrorReport.oneLine(told));
    assertTrue(ErrorReport.isBadInput(told));
  }

  @Test
  void aFullFolderIsNamed() {
    IOException full = new IOException("No space left on device");
    assertTold(new IllegalStateException(full));
    // A job has the exception of its task as text, with the places that it went through.
    assertTold(
        new SparkException(
            "Job aborted due to stage failure: Task 0 in stage 4.0 failed 1 times, most recent"
                + " failure: Lost task 0.0 in stage 4.0 (TID 14) (localhost executor driver):"
                + " java.io.IOException: No space left on device\n"
                + "\tat java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)"));
  }

  @Test
  void otherErrorsAreNotTakenForIt() {
    SparkConf conf = conf(folder.toString());
    IOException full = new IOException("No space left on device");
    for (Exception other :
        new Exception[] {
          new IllegalStateException("something else"),
          new IllegalStateException(OutputException.of("hdfs://there/tables", full)),
          new SparkException("Lost task: " + OutputException.of("hdfs://there/tables", full))
        }) {
      assertDoesNotThrow(() -> LocalSpace.throwIfFull(other, conf));
    }
  }

  @Test
  void oneOfSeveralFoldersIsEnough() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    LocalSpace.check(conf(file + "/a," + folder.resolve("new")));
    assertTrue(Files.isDirectory(folder.resolve("new")));
    try (var left = Files.list(folder.resolve("new"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aRunWithoutAnyFolderSaysSo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    System.setProperty("spark.local.dir", file.toString());
    try {
      Reexecution run =
          new Reexecution(
                  TestArchives.sample("chain.rlp.gz").toString(),
                  TestArchives.sample("genesis.json").toString())
              .master("local[2]");
      OutputException none = assertThrows(OutputException.class, run::run);
      assertTrue(none.getMessage().startsWith("cannot write"), none.getMessage());
      assertTrue(none.getMessage().contains(file.toString()), none.getMessage());
    } finally {
      System.clearProperty("spark.local.dir");
    }
  }
}
