package io.rekindle.job;

import io.rekindle.job.output.NioLocalFileSystem;
import io.rekindle.job.output.OutputException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How a run's Spark is set up. */
final class SparkSettings {
  private SparkSettings() {}

  /**
   * @param master null for the one that spark-submit gives, or else all cores here
   * @throws OutputException where Spark finds no folder for its own files
   * @throws IllegalArgumentException where it does not start on that master
   */
  static JavaSparkContext context(String master) {
    SparkConf conf = configuration(master);
    LocalSpace.check(conf);
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "Spark does not start on --master "
              + conf.get("spark.master")
              + ": "
              + ErrorReport.oneLine(e),
          e);
    }
  }

  private static SparkConf configuration(String master) {
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.app.name", "Rekindle")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", KryoClasses.class.getName());
    // Beyond this many files Spark lists them by a job of its own, whose classes are not registered
    // with Kryo. What is read here is named by manifests, file by file.
    conf.setIfMissing(
        "spark.sql.sources.parallelPartitionDiscovery.threshold",
        Integer.toString(Integer.MAX_VALUE));
    conf.setIfMissing("spark.hadoop.fs.file.impl", NioLocalFileSystem.class.getName());
    // A task's outcomes are some megabytes, and larger results take a longer way.
    conf.setIfMissing("spark.task.maxDirectResultSize", "32m");
    // What Spark remembers of jobs that are over must not grow with the range.
    conf.setIfMissing("spark.ui.retainedJobs", "200");
    conf.setIfMissing("spark.ui.retainedStages", "200");
    conf.setIfMissing("spark.ui.retainedTasks", "2000");
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      // What is broadcast goes nowhere, and each takes the memory of a block first: 4 MB by
      // default, for what is often some kilobytes.
      conf.setIfMissing("spark.broadcast.blockSize", "256k");
      conf.setIfMissing("spark.broadcast.compress", "false");
      conf.setIfMissing("spark.broadcast.checksum", "false");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.driver.host", "localhost");
    }
    return conf;
  }

  static boolean isLocal(JavaSparkContext spark) {
    return spark.getConf().get("spark.master").startsWith("local");
  }
}
