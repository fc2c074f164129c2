package io.rekindle.job.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.OutputTables;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.TestArchives;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Archives as data sources. */
class ArchiveSourceTest {
  private static final String ERE =
      TestArchives.sample("rekindle-00000-03b433ea-noproofs.ere").toString();
  private static final String RLP = TestArchives.sample("chain.rlp.gz").toString();

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = OutputTables.session();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> read(String format, String path, String table) {
    return spark
        .read()
        .format(format)
        .option("table", table)
        .option("blocksPerPartition", 100)
        .load(path);
  }

  @Test
  void everyTableHasItsRows() {
    assertEquals(401, read("ere", ERE, "blocks").count());
    assertEquals(31_278, read("ere", ERE, "transactions").count());
    assertEquals(31_278, read("ere", ERE, "receipts").count());
    assertEquals(48_202, read("ere", ERE, "logs").count());
    assertEquals(0, read("rlp", RLP, "receipts").count());
    String sepolia = TestArchives.fixture("era1/sepolia-00021-b8814b14.era1").toString();
    assertEquals(93, read("era1", sepolia, "receipts").count());
    Row last =
        read("era1", sepolia, "blocks")
            .filter("block_number = 180223")
            .select("total_difficulty", "block_hash", "block_timestamp")
            .head();
    assertEquals("2021-11-22 18:28:04.0", last.getTimestamp(2).toString());
    assertTrue(last.getDecimal(0).signum() > 0);
  }

  @Test
  void anEreFileAndAnRlpExportOfAChainAgree() {
    for (String table : List.of("blocks", "transactions")) {
      Dataset<Row> ere = read("ere", ERE, table).filter("block_number <= 50");
      Dataset<Row> rlp = read("rlp", RLP, table).filter("block_number <= 50");
      // An RLP export has no receipts.
      String[] known =
          Arrays.stream(ere.columns())
              .filter(name -> !List.of("gas_used", "cumulative_gas_used", "success").contains(name))
              .toArray(String[]::new);
      ere = ere.selectExpr(known);
      rlp = rlp.selectExpr(known);
      assertTrue(ere.count() > 0);
      assertEquals(ere.count(), rlp.count());
      assertEquals(0, ere.exceptAll(rlp).count(), table);
    }
  }

  @Test
  void transactionsAndReceiptsAgreeWithTheirBlocks() {
    for (String table : List.of("blocks", "transactions", "receipts", "logs")) {
      spark.sql(
          "CREATE OR REPLACE TEMPORARY VIEW "
              + table
              + " USING ere OPTIONS (path '"
              + ERE
              + "', table '"
              + table
              + "')");
    }
    assertEquals(
        0,
        spark
            .sql(
                "SELECT b.block_number FROM blocks b LEFT JOIN transactions t"
                    + " ON b.block_number = t.block_number GROUP BY b.block_number, b.gas_used,"
                    + " b.transaction_count HAVING b.gas_used <> coalesce(sum(t.gas_used), 0)"
                    + " OR b.transaction_count <> count(t.transaction_hash)")
            .count());
    assertEquals(
        0,
        spark
            .sql(
                "SELECT r.transaction_hash FROM receipts r LEFT JOIN logs l"
                    + " ON r.transaction_hash = l.transaction_hash"
                    + " GROUP BY r.transaction_hash, r.n_logs HAVING r.n_logs <> count(l.address)")
            .count());
  }

  @Test
  void onlyBlocksThatCanPassAreRead() {
    Dataset<Row> blocks = read("ere", ERE, "blocks");
    assertEquals(5, blocks.rdd().getNumPartitions());
    Dataset<Row> few = blocks.filter("block_number >= 150 AND block_number < 260");
    assertEquals(2, few.rdd().getNumPartitions());
    assertEquals(110, few.count());
    assertEquals(0, blocks.filter("block_number > 400").rdd().getNumPartitions());
    assertEquals(2, blocks.filter("block_number IN (7, 9)").count());
    assertEquals(1, blocks.filter("block_number IN (7, 9)").rdd().getNumPartitions());
    assertEquals(401, blocks.filter("block_number <> -1").count());
    assertEquals(2, blocks.filter("block_number < 1 OR block_number > 399").count());
    assertEquals(1, blocks.filter("block_number = 12 AND gas_used > 0").count());
  }

  /** A task that is done early closes its file. */
  @Test
  void aFewRowsAreTakenWithoutTheRest() {
    assertEquals(3, read("ere", ERE, "transactions").limit(3).collectAsList().size());
    assertEquals(3, read("rlp", RLP, "blocks").limit(3).collectAsList().size());
  }

  @Test
  void onlyColumnsThatAreAskedForAreMade() {
    String plan =
        read("ere", ERE, "transactions")
            .filter("block_number = 3")
            .select("transaction_hash", "nonce")
            .queryExecution()
            .executedPlan()
            .toString();
    assertTrue(plan.contains("transaction_hash"), plan);
    assertTrue(plan.contains("block 3"), plan);
    assertFalse(plan.contains("from_address"), plan);
  }

  @Test
  void badInputIsNamed() {
    assertMessage("there is no such file", () -> read("ere", ERE + "x", "blocks"));
    assertMessage("the archive is rlp, not ere", () -> read("ere", RLP, "blocks"));
    assertMessage("option table: no uncles; there are blocks, t", () -> read("ere", ERE, "uncles"));
    assertMessage(
        "option blocksPerPartition",
        () -> spark.read().format("ere").option("blocksPerPartition", "0").load(ERE));
    assertMessage("ere: name one archive", () -> spark.read().format("ere").load());
  }

  private static void assertMessage(String part, Runnable action) {
    RuntimeException e = assertThrows(RuntimeException.class, action::run);
    assertTrue(e instanceof ArchiveException || e instanceof IllegalArgumentException, "" + e);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
