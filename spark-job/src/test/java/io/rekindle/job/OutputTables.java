package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables in output folders, for tests. */
public final class OutputTables {
  private OutputTables() {}

  /** Spark on two cores of this machine, bound to loopback. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "localhost")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  static Dataset<Row> read(SparkSession spark, Path folder, Table table) throws IOException {
    return new OutputFolder(folder.toString(), new Configuration()).read(spark, table);
  }

  /** Asserts that two folders hold the same rows, each as often. */
  static void assertEqual(SparkSession spark, Path expected, Path actual, Set<Table> tables)
      throws IOException {
    for (Table table : tables) {
      Dataset<Row> a = read(spark, expected, table);
      Dataset<Row> b = read(spark, actual, table);
      assertEquals(a.count(), b.count(), table.tableName());
      assertEquals(0, a.exceptAll(b).count(), table.tableName());
    }
  }
}
