package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.output.RunTables;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traces of the sample's first blocks, held against the other tables. */
class TracesTest {
  @TempDir static Path folder;

  @BeforeAll
  static void run() throws IOException {
    Set<Table> tables =
        EnumSet.of(Table.BLOCKS, Table.TRANSACTIONS, Table.TRACES, Table.BALANCE_DIFFS);
    for (String strategy : new String[] {"clusters", "round-robin"}) {
      assertTrue(
          new Reexecution(
                  TestArchives.sample("chain.rlp.gz").toString(),
                  TestArchives.sample("genesis.json").toString())
              .range(1L, 30L)
              .strategy(strategy)
              .master("local[2]")
              .out(folder.resolve(strategy).toString(), false)
              .tables(tables)
              .run()
              .passed());
    }
  }

  private static RunTables open(SparkSession spark, String strategy) {
    return RunTables.open(spark, folder.resolve(strategy).toString());
  }

  private static void assertNone(SparkSession spark, String query) {
    assertEquals(0, spark.sql(query).count(), query);
  }

  @Test
  void rowsAreEqualWhateverThePlan() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      Dataset<Row> first = open(spark, "clusters").table("traces");
      Dataset<Row> second = open(spark, "round-robin").table("traces");
      assertEquals(first.count(), second.count());
      assertEquals(0, first.exceptAll(second).count());
    }
  }

  @Test
  void theyAgreeWithTransactions() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      open(spark, "clusters").createViews();
      assertNone(
          spark,
          "SELECT * FROM transactions x ANTI JOIN traces t"
              + " ON x.transaction_hash = t.transaction_hash AND t.trace_address IS NULL"
              + " AND x.from_address = t.from_address AND x.value = t.value"
              + " AND x.input = t.input AND x.success = (t.status = 1)"
              + " AND x.success = (t.error IS NULL) AND x.gas_limit > t.gas"
              + " AND (t.to_address IS NULL OR"
              + " t.to_address = coalesce(x.to_address, x.contract_address))");
      assertNone(
          spark,
          "SELECT transaction_hash FROM traces WHERE trace_address IS NULL"
              + " GROUP BY transaction_hash HAVING count(*) <> 1");
    }
  }

  @Test
  void childrenAreCounted() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      open(spark, "clusters").createViews();
      String parent =
          "regexp_replace(concat(',', trace_address), ',[0-9]+$', '') AS parent, transaction_hash";
      assertNone(
          spark,
          "SELECT t.transaction_hash FROM traces t LEFT JOIN (SELECT "
              + parent
              + ", count(*) AS n, max(status) AS best FROM traces WHERE trace_address IS NOT NULL"
              + " GROUP BY ALL) c ON c.transaction_hash = t.transaction_hash"
              + " AND c.parent = concat(',', t.trace_address)"
              + " WHERE t.trace_address IS NOT NULL"
              + " AND (t.subtraces <> coalesce(c.n, 0) OR c.best > t.status)");
      assertTrue(spark.sql("SELECT * FROM traces WHERE subtraces > 1").count() > 0);
    }
  }

  @Test
  void theViewHasTheIdsOfEthereumEtl() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      open(spark, "clusters").createViews();
      long rows = spark.table("traces").count();
      assertEquals(rows, spark.sql("SELECT DISTINCT trace_id FROM etl_traces").count());
      assertNone(
          spark,
          "SELECT * FROM etl_traces WHERE block_hash IS NULL OR trace_address = '0,1'"
              + " AND trace_id <> concat(trace_type, '_', transaction_hash, '_0_1')");
    }
  }
}
