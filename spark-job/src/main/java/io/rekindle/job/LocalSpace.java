package io.rekindle.job;

import io.rekindle.job.output.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * The folders where Spark keeps what it does not hold in memory. Spark ends the process where it
 * can make none of them, and lets a job fail by a page of text where one is full later on; here
 * both are one line that names the folders.
 */
final class LocalSpace {
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded");

  private LocalSpace() {}

  /**
   * Makes sure that Spark finds a folder it can write to.
   *
   * @throws OutputException where there is none
   */
  static void check(SparkConf conf) {
    IOException first = null;
    for (String folder : folders(conf)) {
      try {
        Path parent = Files.createDirectories(Path.of(folder));
        Files.delete(Files.createTempDirectory(parent, "rekindle"));
        return;
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    throw OutputException.of(named(conf), first);
  }

  /**
   * Looks for full folders of Spark's behind what a run threw. A full file system that the run
   * itself writes to has been told as such already.
   *
   * @throws OutputException where they are
   */
  static void throwIfFull(Exception error, SparkConf conf) {
    for (String full : FULL) {
      if (isFull(error, full)) {
        throw OutputException.of(named(conf), new IOException(full, error));
      }
    }
  }

  private static boolean isFull(Throwable error, String full) {
    boolean found = false;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = cause.toString();
      if (cause instanceof OutputException || text.contains(OutputException.class.getName())) {
        return false;
      }
      // The exception of a task is text in the one that its job throws.
      found |= text.contains(full);
    }
    return found;
  }

  private static String named(SparkConf conf) {
    return "Spark's local folder " + String.join(", ", folders(conf)) + " (spark.local.dir)";
  }

  /** In Spark's own order: what the cluster says, then the settings, then Java's folder. */
  private static List<String> folders(SparkConf conf) {
    String chosen = conf.get("spark.local.dir", System.getProperty("java.io.tmpdir"));
    for (String variable : List.of("LOCAL_DIRS", "SPARK_LOCAL_DIRS")) {
      boolean applies = variable.startsWith("SPARK") || conf.get("spark.master").equals("yarn");
      String set = System.getenv(variable);
      if (applies && set != null && !set.isBlank()) {
        chosen = set;
        break;
      }
    }
    return List.of(chosen.split(","));
  }
}
