package io.rekindle.job;

import io.rekindle.job.output.Compaction;
import io.rekindle.job.output.OutputFolder;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Compacts the tables of a run. */
public final class CompactRun {
  private CompactRun() {}

  /**
   * @param out the folder of the tables
   * @param targetBytes see {@link Compaction}
   * @param master of Spark; null for the one that spark-submit gives, or else all cores here
   */
  public static Compaction.Result run(String out, long targetBytes, String master)
      throws IOException {
    try (JavaSparkContext spark = SparkSettings.context(master)) {
      OutputFolder folder = new OutputFolder(out, spark.hadoopConfiguration());
      return new Compaction(folder, SparkSession.builder().getOrCreate(), targetBytes).run();
    }
  }
}
