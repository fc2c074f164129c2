package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.output.FileKind;
import io.rekindle.job.output.RunTables;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables as those who query them see them, in every format and encoding. */
class RunTablesTest {
  private static final Path SAMPLE = Path.of("..", "sample");

  @TempDir static Path folder;

  @BeforeAll
  static void run() throws IOException {
    write("parquet", FileKind.PARQUET, Encoding.HEX);
    write("orc", FileKind.ORC, Encoding.BINARY);
    write("json", FileKind.JSON, Encoding.HEX);
  }

  private static void write(String name, FileKind kind, Encoding encoding) throws IOException {
    assertTrue(
        new Reexecution(
                SAMPLE.resolve("chain.rlp.gz").toString(),
                SAMPLE.resolve("genesis.json").toString())
            .range(1L, 4L)
            .master("local[2]")
            .out(folder.resolve(name).toString(), false)
            .files(kind, encoding)
            .run()
            .passed());
  }

  private static RunTables open(SparkSession spark, String name) {
    return RunTables.open(spark, folder.resolve(name).toString());
  }

  @Test
  void jsonHoldsTheSameRows() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      for (Table table : Table.values()) {
        if (!Table.ofThePlan().contains(table)) {
          Dataset<Row> parquet = open(spark, "parquet").table(table.tableName());
          Dataset<Row> json = open(spark, "json").table(table.tableName());
          assertEquals(parquet.count(), json.count(), table.tableName());
          assertEquals(0, parquet.exceptAll(json).count(), table.tableName());
        }
      }
    }
  }

  @Test
  void binaryHoldsTheBytesThatHexSpells() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      open(spark, "parquet").table("storage_diffs").createOrReplaceTempView("hex");
      open(spark, "orc").table("storage_diffs").createOrReplaceTempView("bytes");
      String select = "SELECT block_number, block_access_index, ";
      Dataset<Row> spelled =
          spark.sql(
              select
                  + "lower('0x' || hex(address)) AS a, lower('0x' || hex(slot)) AS s,"
                  + " lower('0x' || hex(to_value)) AS v FROM bytes");
      Dataset<Row> text = spark.sql(select + "address, slot, to_value FROM hex");
      assertTrue(text.count() > 0);
      assertEquals(text.count(), spelled.count());
      assertEquals(0, text.exceptAll(spelled).count());
    }
  }

  @Test
  void viewsSpeakTheNamesOfEthereumEtl() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      open(spark, "parquet").createViews();
      assertEquals(4, spark.sql("SELECT number, hash, miner FROM etl_blocks").count());
      assertEquals(
          spark.table("transactions").count(),
          spark
              .sql("SELECT * FROM etl_transactions WHERE receipt_status IN (0, 1) AND gas > 0")
              .count());
      assertEquals(
          0,
          spark
              .sql(
                  "SELECT * FROM logs l JOIN etl_logs e USING (transaction_hash, log_index)"
                      + " WHERE coalesce(e.topics[0], '') <> coalesce(l.topic0, '')"
                      + " OR e.block_hash IS NULL")
              .count());
      assertEquals(spark.table("logs").count(), spark.table("etl_logs").count());
    }
  }

  @Test
  void aFolderThatNoRunWroteIsNoRun() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      assertThrows(IllegalArgumentException.class, () -> open(spark, "nothing"));
    }
  }

  @Test
  void csvCannotHoldTheTables() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> FileKind.named("csv"));
    assertTrue(error.getMessage().contains("nested"), error.getMessage());
  }
}
