package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of real blocks, each with the state that it starts from. */
class DumpTablesTest {
  @TempDir Path folder;

  private static Path fixture(String name) {
    Path path = Path.of(System.getProperty("rekindle.fixtures", "../../shared/fixtures"), name);
    if (!Files.exists(path)) {
      System.out.println("SKIPPED: no fixtures at " + path);
    }
    assumeTrue(Files.exists(path), () -> "no fixtures at " + path);
    return path;
  }

  private Path run(Path archive, String chain, String strategy, long windowGas) throws IOException {
    Path out = folder.resolve(strategy);
    RunReport report =
        new Reexecution(archive.toString(), chain)
            .strategy(strategy)
            .windowGas(windowGas)
            .master("local[2]")
            .tables(EnumSet.allOf(Table.class))
            .out(out.toString(), false)
            .run();
    assertTrue(report.passed());
    return out;
  }

  /** Rows and a sum over the hashes of all rows, by table: equal for the same rows in any order. */
  private static Map<String, String> digests(Path out) throws IOException {
    Set<Table> tables = EnumSet.allOf(Table.class);
    tables.removeAll(Table.ofThePlan());
    Map<String, String> digests = new TreeMap<>();
    try (SparkSession spark = OutputTables.session()) {
      for (Table table : tables) {
        Dataset<Row> rows = OutputTables.read(spark, out, table);
        Column[] columns = Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
        Row digest =
            rows.select(functions.xxhash64(columns).cast("decimal(38,0)").as("hash"))
                .agg(functions.count("*"), functions.sum("hash"))
                .first();
        digests.put(table.tableName(), digest.toString());
      }
    }
    return digests;
  }

  @Test
  void tablesOfMainnetBlocksDoNotDependOnStrategyAndWindow() throws IOException {
    Path archive = fixture("mainnet-blocks");
    Map<String, String> expected = digests(run(archive, "mainnet", "clusters", 200_000_000));
    assertTrue(expected.get("transactions").startsWith("[10724,"), expected.toString());
    assertTrue(expected.get("blocks").startsWith("[41,"), expected.toString());
    assertEquals(expected, digests(run(archive, "mainnet", "accounts", 20_000_000)));
    assertEquals(expected, digests(run(archive, "mainnet", "blocks", 200_000_000)));
    assertEquals(expected, digests(run(archive, "mainnet", "round-robin", 20_000_000)));
  }

  @Test
  void tablesOfAChainOfAllForksDoNotDependOnStrategyAndWindow() throws IOException {
    Path archive = fixture("chains/hive-600/chain.rlp");
    String genesis = fixture("chains/hive-600/genesis.json").toString();
    Map<String, String> expected = digests(run(archive, genesis, "clusters", 200_000_000));
    assertTrue(expected.get("transactions").startsWith("[603,"), expected.toString());
    assertEquals(expected, digests(run(archive, genesis, "round-robin", 3_000_000)));
  }
}
