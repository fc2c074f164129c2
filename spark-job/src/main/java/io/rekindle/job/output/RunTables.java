package io.rekindle.job.output;

import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of a run for those who query them, from Java, Scala, SQL or a notebook: only what the
 * manifests list, so never a row of a group that was not verified and committed.
 *
 * <pre>
 *   RunTables.open(spark, "out/sample").createViews();
 *   spark.sql("SELECT address, count(*) FROM logs GROUP BY address");
 * </pre>
 */
public final class RunTables {
  private final SparkSession spark;
  private final OutputFolder folder;

  private RunTables(SparkSession spark, OutputFolder folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /**
   * @param path of the output folder, on any Hadoop file system
   * @throws IllegalArgumentException where no run wrote there
   */
  public static RunTables open(SparkSession spark, String path) {
    try {
      OutputFolder folder = new OutputFolder(path, spark.sparkContext().hadoopConfiguration());
      if (!folder.isWritten()) {
        throw new IllegalArgumentException(path + " is no output folder of a run");
      }
      return new RunTables(spark, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A table, in no order; empty where the run did not write it.
   *
   * @param name such as {@code balance_diffs}
   */
  public Dataset<Row> table(String name) {
    try {
      return folder.read(spark, Table.named(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a temporary view of every table by its name, and {@code etl_blocks}, {@code
   * etl_transactions}, {@code etl_logs} and {@code etl_traces} with the column names of
   * ethereum-etl. They show what is committed now.
   */
  public void createViews() {
    for (Table table : Table.values()) {
      table(table.tableName()).createOrReplaceTempView(table.tableName());
    }
    EtlViews.SELECTS.forEach((name, select) -> spark.sql(select).createOrReplaceTempView(name));
  }
}
