package io.rekindle.job.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The columns of all tables: what those who query them rely on. */
class TableTest {
  private static final String WEI = "decimal(38,0)";
  private static final String UNIT =
      "block_access_index int, transaction_index int, transaction_hash string, ";
  private static final String READ =
      "read_kind string, bound decimal(38,0), bound_binary binary, raw boolean";
  private static final String DEPENDENCY =
      "reader_block_number bigint, reader_block_access_index int, writer_block_number bigint,"
          + " writer_block_access_index int, address string, slot string, kind string,"
          + " semantic boolean";

  private static Map<String, String> columns() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put(
        "blocks",
        "block_hash string, parent_hash string, author string, state_root string,"
            + " transactions_root string, receipts_root string, withdrawals_root string,"
            + " requests_hash string, logs_bloom string, extra_data string, gas_used bigint,"
            + " gas_limit bigint, base_fee_per_gas bigint, blob_gas_used bigint,"
            + " excess_blob_gas bigint, size bigint, transaction_count bigint, difficulty "
            + WEI
            + ", difficulty_binary binary, total_difficulty "
            + WEI
            + ", total_difficulty_binary binary, withdrawals array<struct<index:bigint,"
            + "validator_index:bigint,address:string,amount:bigint>>");
    tables.put("checks", "check string, expected string, actual string, passed boolean");
    tables.put(
        "transactions",
        "transaction_index int, transaction_type int, transaction_hash string, block_hash string,"
            + " from_address string, to_address string, input string, contract_address string,"
            + " root string, nonce bigint, gas_limit bigint, gas_used bigint,"
            + " cumulative_gas_used bigint, gas_price bigint, effective_gas_price bigint,"
            + " max_fee_per_gas bigint, max_priority_fee_per_gas bigint,"
            + " max_fee_per_blob_gas bigint, value decimal(38,0), value_binary binary,"
            + " success boolean, n_input_bytes int, blob_versioned_hashes array<string>,"
            + " access_list array<struct<address:string,storage_keys:array<string>>>,"
            + " authorization_list array<struct<chain_id:string,address:string,nonce:bigint,"
            + "y_parity:string,r:string,s:string>>");
    tables.put(
        "logs",
        "transaction_index int, log_index int, transaction_hash string, address string,"
            + " topic0 string, topic1 string, topic2 string, topic3 string, data string,"
            + " n_data_bytes int");
    tables.put(
        "traces",
        "transaction_index int, transaction_hash string, from_address string, to_address string,"
            + " value decimal(38,0), value_binary binary, input string, output string,"
            + " trace_type string, call_type string, gas bigint, gas_used bigint,"
            + " subtraces bigint, trace_address string, error string, status bigint");
    tables.put(
        "balance_diffs",
        UNIT
            + "address string, from_value decimal(38,0), from_value_binary binary,"
            + " to_value decimal(38,0), to_value_binary binary");
    tables.put("nonce_diffs", UNIT + "address string, from_value bigint, to_value bigint");
    tables.put("code_diffs", UNIT + "address string, from_value string, to_value string");
    tables.put(
        "storage_diffs", UNIT + "address string, slot string, from_value string, to_value string");
    tables.put(
        "balance_reads",
        UNIT + "address string, balance decimal(38,0), balance_binary binary, " + READ);
    tables.put("nonce_reads", UNIT + "address string, nonce bigint, " + READ);
    tables.put("code_reads", UNIT + "address string, code_hash string, " + READ);
    tables.put("storage_reads", UNIT + "address string, slot string, value string, " + READ);
    tables.put(
        "units",
        "block_access_index int, partition_id int, cluster_id int, n_reruns int, gas_used bigint,"
            + " cpu_ns bigint, code_hash string, selector string");
    tables.put("dependencies", DEPENDENCY);
    tables.put("conflicts", DEPENDENCY + ", wasted_gas bigint, cause string, hint string");
    tables.put(
        "windows",
        "first_block bigint, last_block bigint, n_units int, gas_used bigint, wasted_gas bigint,"
            + " n_partitions int, n_accepted_whole int, largest_partition_ns bigint, skew double,"
            + " n_reruns int, n_rounds int, decode_wall_ns bigint, decode_cpu_ns bigint,"
            + " plan_wall_ns bigint, plan_cpu_ns bigint, execute_wall_ns bigint,"
            + " execute_cpu_ns bigint, merge_wall_ns bigint, merge_cpu_ns bigint,"
            + " roots_wall_ns bigint, roots_cpu_ns bigint, finish_wall_ns bigint,"
            + " finish_cpu_ns bigint, bytes_broadcast bigint, bytes_collected bigint");
    tables.put(
        "sidecars", "block_access_list binary, block_access_list_hash string, extension binary");
    return tables;
  }

  private static String described(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .collect(Collectors.joining(", "));
  }

  @Test
  void theColumnsAreThese() {
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    for (Table table : Table.values()) {
      found.put(table.tableName(), described(table.schema()));
    }
    columns()
        .forEach(
            (name, own) ->
                expected.put(
                    name,
                    "chain_id bigint, block_number bigint, block_timestamp timestamp, "
                        + own
                        + ", block_range bigint"));
    assertEquals(expected, found);
  }

  @Test
  void inBinaryHashesAddressesAndBytesAreBytesAndWordsStayText() {
    StructType logs = Table.LOGS.schema(Encoding.BINARY);
    assertEquals("binary", logs.apply("topic0").dataType().catalogString());
    assertEquals("binary", logs.apply("data").dataType().catalogString());
    StructType reads = Table.STORAGE_READS.schema(Encoding.BINARY);
    assertEquals("string", reads.apply("read_kind").dataType().catalogString());
    assertEquals("binary", reads.apply("slot").dataType().catalogString());
  }

  @Test
  void anUnknownTableIsNamedWithThoseThereAre() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Table.named("receipts"));
    assertTrue(error.getMessage().contains("receipts"), error.getMessage());
    assertTrue(error.getMessage().contains("balance_reads"), error.getMessage());
  }
}
