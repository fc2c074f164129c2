package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.state.Code;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.output.RunIdentity;
import io.rekindle.job.table.Table;
import io.rekindle.snapshot.sidecar.Sidecar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the first blocks of the sample, held against facts that do not come from them. */
class TablesTest {
  private static final long BLOCKS = 30;
  private static final Path SAMPLE = Path.of("..", "sample");
  private static final String ERE = "rekindle-00000-03b433ea-noproofs.ere";

  /** Storage that went with its account leaves a row in code_diffs alone. */
  private static final String NOT_WIPED =
      " AND NOT (from_value = '0x"
          + "0".repeat(64)
          + "' AND address IN (SELECT address FROM code_diffs WHERE to_value = '"
          + Code.EMPTY_HASH
          + "'))";

  private static final RunIdentity OTHER = RunIdentity.of(Map.of("chain", "mainnet"));

  @TempDir static Path folder;

  @BeforeAll
  static void run() throws IOException {
    assertTrue(reexecution("clusters", 200_000_000).out(at("a"), false).run().passed());
    assertTrue(reexecution("round-robin", 20_000_000).out(at("b"), false).run().passed());
    assertTrue(reexecution(ERE, "clusters", 100_000_000).out(at("ere"), false).run().passed());
    try (SparkSession spark = OutputTables.session()) {
      spark
          .read()
          .format("ere")
          .option("table", "rlp")
          .load(SAMPLE.resolve(ERE).toString())
          .filter("block_number <= " + BLOCKS)
          .write()
          .parquet(at("archive"));
    }
    assertTrue(
        new Reexecution(at("archive"), SAMPLE.resolve("genesis.json").toString())
            .range(1L, BLOCKS)
            .master("local[2]")
            .out(at("parquet"), false)
            .run()
            .passed());
  }

  private static Reexecution reexecution(String strategy, long windowGas) {
    return reexecution("chain.rlp.gz", strategy, windowGas);
  }

  private static Reexecution reexecution(String archive, String strategy, long windowGas) {
    return new Reexecution(
            SAMPLE.resolve(archive).toString(), SAMPLE.resolve("genesis.json").toString())
        .range(1L, BLOCKS)
        .strategy(strategy)
        .windowGas(windowGas)
        .master("local[2]");
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "ere", "parquet"})
  void tablesAreEqualWhateverThePlanAndTheArchive(String other) throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      EnumSet<Table> tables = EnumSet.allOf(Table.class);
      tables.removeAll(Table.ofThePlan());
      for (Table table : tables) {
        Dataset<Row> a = read(spark, "a", table).drop("withdrawals");
        Dataset<Row> b = read(spark, other, table).drop("withdrawals");
        assertEquals(a.count(), b.count(), table.tableName());
        assertEquals(0, a.exceptAll(b).count(), table.tableName());
      }
    }
  }

  @Test
  void rowsAgreeWithHeadersAndWithEachOther() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      for (Table table : Table.values()) {
        read(spark, "a", table).createOrReplaceTempView(table.tableName());
      }
      assertEquals(BLOCKS, count(spark, "SELECT * FROM blocks"));
      assertEquals(0, count(spark, "SELECT * FROM checks WHERE NOT passed"));
      assertEquals(BLOCKS, count(spark, "SELECT * FROM checks WHERE check = 'state_root'"));
      assertEquals(
          0,
          count(
              spark,
              "SELECT b.block_number FROM blocks b LEFT JOIN transactions t"
                  + " ON b.block_number = t.block_number"
                  + " GROUP BY b.block_number, b.gas_used, b.transaction_count"
                  + " HAVING b.gas_used <> coalesce(sum(t.gas_used), 0)"
                  + " OR b.transaction_count <> count(t.transaction_hash)"),
          "gas and transactions of headers");
      assertTrue(count(spark, "SELECT * FROM logs") > 0);
      for (String diffs : new String[] {"balance_diffs", "nonce_diffs", "storage_diffs"}) {
        String key = diffs.equals("storage_diffs") ? "address, slot" : "address";
        assertTrue(count(spark, "SELECT * FROM " + diffs) > 0, diffs);
        assertEquals(
            0,
            count(
                spark,
                "SELECT * FROM (SELECT address, from_value, lag(to_value) OVER (PARTITION BY "
                    + key
                    + " ORDER BY block_number, block_access_index) AS before FROM "
                    + diffs
                    + ") WHERE before IS NOT NULL AND before <> from_value"
                    + (key.equals("address") ? "" : NOT_WIPED)),
            diffs + ": each starts from what the one before left");
      }
      assertEquals(
          count(spark, "SELECT * FROM transactions"),
          count(spark, "SELECT * FROM units WHERE gas_used > 0"));
      assertEquals(
          0,
          count(
              spark,
              "SELECT * FROM storage_reads r JOIN storage_diffs d USING (block_number,"
                  + " block_access_index, address, slot) WHERE r.value <> d.from_value"),
          "a slot that a unit reads and changes had one value before");
    }
  }

  @Test
  void unitsDependOnUnitsBeforeThemThatChangedWhatTheyRead() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      for (Table table : Table.values()) {
        read(spark, "a", table).createOrReplaceTempView(table.tableName());
      }
      for (String semantic : new String[] {"semantic", "NOT semantic"}) {
        assertTrue(count(spark, "SELECT * FROM dependencies WHERE " + semantic) > 0, semantic);
      }
      assertEquals(
          0,
          count(
              spark,
              "SELECT * FROM dependencies WHERE reader_block_number <> block_number"
                  + " OR writer_block_number > reader_block_number"
                  + " OR writer_block_number = reader_block_number"
                  + " AND writer_block_access_index >= reader_block_access_index"));
      // Independently of how dependencies are found: the last change of a slot before a read.
      String last =
          "SELECT r.block_number AS rb, r.block_access_index AS ri, r.address, r.slot,"
              + " max(struct(d.block_number, d.block_access_index)) AS writer"
              + " FROM storage_reads r JOIN storage_diffs d"
              + " ON r.address = d.address AND r.slot = d.slot AND (d.block_number <"
              + " r.block_number OR d.block_number = r.block_number AND d.block_access_index <"
              + " r.block_access_index) GROUP BY ALL";
      String found =
          "SELECT reader_block_number AS rb, reader_block_access_index AS ri, address, slot,"
              + " struct(writer_block_number AS block_number, writer_block_access_index AS"
              + " block_access_index) AS writer FROM dependencies WHERE kind = 'storage' AND";
      Dataset<Row> expected = spark.sql(last).cache();
      assertTrue(expected.count() > 0);
      assertEquals(0, expected.exceptAll(spark.sql(found + " semantic")).count());
      assertEquals(0, expected.exceptAll(spark.sql(found + " NOT semantic")).count());
      assertEquals(
          0,
          count(
              spark,
              "SELECT * FROM nonce_reads r ANTI JOIN (SELECT * FROM dependencies WHERE semantic AND"
                  + " kind = 'nonce') d ON r.block_number = d.block_number AND r.address = d.address"
                  + " AND r.block_access_index = d.reader_block_access_index"
                  + " WHERE r.read_kind = 'assumed' AND EXISTS (SELECT 1 FROM nonce_diffs w WHERE"
                  + " w.address = r.address AND w.block_number = r.block_number AND"
                  + " w.block_access_index < r.block_access_index)"),
          "a sender's next transaction waits for the one before");
    }
  }

  @Test
  void windowsConflictsAndSidecarsSayWhatHappened() throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      for (Table table : Table.values()) {
        read(spark, "b", table).createOrReplaceTempView(table.tableName());
      }
      assertEquals(1, count(spark, "SELECT * FROM windows WHERE first_block = 1"));
      assertEquals(
          BLOCKS,
          spark.sql("SELECT sum(last_block - first_block + 1) FROM windows").first().getLong(0));
      assertEquals(
          0,
          count(
              spark,
              "SELECT sum(n_units) AS n FROM windows HAVING n <> (SELECT count(*) FROM units)"));
      assertEquals(
          0,
          count(
              spark,
              "SELECT sum(n_reruns) AS n FROM windows HAVING n <> (SELECT count(*) FROM conflicts)"
                  + " OR n <> (SELECT sum(n_reruns) FROM units)"));
      assertTrue(count(spark, "SELECT * FROM conflicts") > 0);
      assertEquals(
          0,
          count(
              spark,
              "SELECT * FROM windows WHERE decode_cpu_ns <= 0 OR plan_cpu_ns <= 0 OR execute_wall_ns"
                  + " <= 0 OR execute_cpu_ns <= 0 OR merge_wall_ns <= 0 OR roots_cpu_ns <= 0 OR"
                  + " finish_cpu_ns <= 0 OR skew < 1 OR bytes_broadcast <= 0 OR bytes_collected <="
                  + " 0"));
      assertEquals(BLOCKS, count(spark, "SELECT * FROM sidecars"));
      for (Row row : spark.sql("SELECT * FROM sidecars").collectAsList()) {
        Sidecar sidecar = Sidecar.decode(row.getAs("block_access_list"), row.getAs("extension"));
        assertEquals(row.getAs("block_access_list_hash"), sidecar.list().hash().toString());
      }
    }
  }

  @Test
  void aFolderWithTablesIsRefusedUnlessTheyAreToBeReplaced() throws IOException {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new OutputFolder(at("a"), new Configuration()).open(OTHER, false));
    assertTrue(
        refused.getMessage().contains("holds the tables of another run"), refused.getMessage());
    assertTrue(refused.getMessage().contains("--overwrite"), refused.getMessage());

    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("letters.txt"), "mine");
    assertThrows(
        IllegalArgumentException.class,
        () -> new OutputFolder(other.toString(), new Configuration()).open(OTHER, true));
    assertEquals("mine", Files.readString(other.resolve("letters.txt")));
  }

  private static Dataset<Row> read(SparkSession spark, String run, Table table) throws IOException {
    return new OutputFolder(at(run), new Configuration()).read(spark, table);
  }

  private static long count(SparkSession spark, String query) {
    return spark.sql(query).count();
  }
}
