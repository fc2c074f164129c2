package io.rekindle.job.table;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table, with its columns beyond those that every table has. Hashes, addresses, slots and byte
 * strings are lower-case hex with 0x; wei is DECIMAL(38, 0), null where it does not fit, and then
 * whole in a column {@code <name>_binary} beside it, 32 bytes, big-endian.
 *
 * <p>Storage that is wiped with its account has no rows in {@code storage_diffs}: the change of its
 * code to that of no code says it.
 */
public enum Table {
  BLOCKS(
      "block_hash X, parent_hash X, author X, state_root X, transactions_root X, receipts_root X,"
          + " withdrawals_root X, requests_hash X, logs_bloom X, extra_data X, gas_used L,"
          + " gas_limit L, base_fee_per_gas L, blob_gas_used L, excess_blob_gas L, size L,"
          + " transaction_count L, difficulty D, total_difficulty D, withdrawals W"),
  CHECKS("check S, expected S, actual S, passed Z"),
  TRANSACTIONS(
      "transaction_index I, transaction_type I, transaction_hash X, block_hash X, from_address X,"
          + " to_address X, input X, contract_address X, root X, nonce L, gas_limit L, gas_used L,"
          + " cumulative_gas_used L, gas_price L, effective_gas_price L, max_fee_per_gas L,"
          + " max_priority_fee_per_gas L, max_fee_per_blob_gas L, value D, success Z,"
          + " n_input_bytes I, blob_versioned_hashes H, access_list A, authorization_list U"),
  LOGS(
      "transaction_index I, log_index I, transaction_hash X, address X, topic0 X, topic1 X,"
          + " topic2 X, topic3 X, data X, n_data_bytes I"),
  BALANCE_DIFFS(Columns.UNIT + ", address X, from_value D, to_value D"),
  NONCE_DIFFS(Columns.UNIT + ", address X, from_value L, to_value L"),
  CODE_DIFFS(Columns.UNIT + ", address X, from_value X, to_value X"),
  STORAGE_DIFFS(Columns.UNIT + ", address X, slot X, from_value X, to_value X"),
  BALANCE_READS(Columns.UNIT + ", address X, balance D, " + Columns.READ),
  NONCE_READS(Columns.UNIT + ", address X, nonce L, " + Columns.READ),
  CODE_READS(Columns.UNIT + ", address X, code_hash X, " + Columns.READ),
  STORAGE_READS(Columns.UNIT + ", address X, slot X, value X, " + Columns.READ),
  TRACES(
      "transaction_index I, transaction_hash X, from_address X, to_address X, value D, input X,"
          + " output X, trace_type S, call_type S, gas L, gas_used L, subtraces L,"
          + " trace_address S, error S, status L"),
  UNITS(
      "block_access_index I, partition_id I, cluster_id I, n_reruns I, gas_used L, cpu_ns L,"
          + " code_hash X, selector X"),
  DEPENDENCIES(Columns.DEPENDENCY),
  CONFLICTS(Columns.DEPENDENCY + ", wasted_gas L, cause S, hint S"),
  WINDOWS(
      "first_block L, last_block L, n_units I, gas_used L, wasted_gas L, n_partitions I,"
          + " n_accepted_whole I, largest_partition_ns L, skew F, n_reruns I, n_rounds I,"
          + " decode_wall_ns L, decode_cpu_ns L, plan_wall_ns L, plan_cpu_ns L, execute_wall_ns L,"
          + " execute_cpu_ns L, merge_wall_ns L, merge_cpu_ns L, roots_wall_ns L, roots_cpu_ns L,"
          + " finish_wall_ns L, finish_cpu_ns L, bytes_broadcast L, bytes_collected L"),
  SIDECARS("block_access_list B, block_access_list_hash X, extension B");

  /** Columns of several tables. */
  private static final class Columns {
    static final String UNIT = "block_access_index I, transaction_index I, transaction_hash X";
    static final String DEPENDENCY =
        "reader_block_number L, reader_block_access_index I, writer_block_number L,"
            + " writer_block_access_index I, address X, slot X, kind S, semantic Z";
    static final String READ = "read_kind S, bound D, raw Z";
  }

  /** The column by which tables are divided into folders. */
  public static final String RANGE_COLUMN = "block_range";

  private final String columns;

  Table(String columns) {
    this.columns = columns;
  }

  /** The tables that a run writes unless it is told which: all but traces. */
  public static Set<Table> byDefault() {
    return EnumSet.complementOf(EnumSet.of(TRACES));
  }

  /** The tables whose rows tell of the plan and of time; all others do not depend on them. */
  public static Set<Table> ofThePlan() {
    return EnumSet.of(UNITS, CONFLICTS, WINDOWS);
  }

  /** The name in SQL and on disk, such as {@code balance_diffs}. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException where there is no such table
   */
  public static Table named(String name) {
    for (Table table : values()) {
      if (table.tableName().equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "no table "
            + name
            + "; there are "
            + Arrays.stream(values()).map(Table::tableName).collect(Collectors.joining(", ")));
  }

  /** The columns of {@link #schema(Encoding)} where hashes and bytes are hexadecimal. */
  public StructType schema() {
    return schema(Encoding.HEX);
  }

  /** The columns: first those of every table, last {@code block_range}, by which it is divided. */
  public StructType schema(Encoding encoding) {
    return fileSchema(encoding).add(RANGE_COLUMN, DataTypes.LongType);
  }

  /** The columns that stand in files: all but {@code block_range}, which is a folder's name. */
  public StructType fileSchema(Encoding encoding) {
    StructType schema =
        new StructType()
            .add("chain_id", DataTypes.LongType)
            .add("block_number", DataTypes.LongType)
            .add("block_timestamp", DataTypes.TimestampType);
    for (String column : columns.split(", ", -1)) {
      int space = column.indexOf(' ');
      String name = column.substring(0, space);
      char type = column.charAt(space + 1);
      schema = schema.add(name, type(type, encoding));
      if (type == 'D') {
        schema = schema.add(name + "_binary", DataTypes.BinaryType);
      }
    }
    return schema;
  }

  private static DataType type(char letter, Encoding encoding) {
    DataType hex = encoding.type();
    return switch (letter) {
      case 'L' -> DataTypes.LongType;
      case 'I' -> DataTypes.IntegerType;
      case 'S' -> DataTypes.StringType;
      case 'X' -> hex;
      case 'B' -> DataTypes.BinaryType;
      case 'F' -> DataTypes.DoubleType;
      case 'Z' -> DataTypes.BooleanType;
      case 'D' -> DataTypes.createDecimalType(38, 0);
      case 'H' -> DataTypes.createArrayType(hex);
      case 'W' -> DataTypes.createArrayType(withdrawal(hex));
      case 'A' -> DataTypes.createArrayType(access(hex));
      case 'U' -> DataTypes.createArrayType(authorization(hex));
      default -> throw new IllegalStateException("no type " + letter);
    };
  }

  private static StructType withdrawal(DataType hex) {
    return new StructType()
        .add("index", DataTypes.LongType)
        .add("validator_index", DataTypes.LongType)
        .add("address", hex)
        .add("amount", DataTypes.LongType);
  }

  private static StructType access(DataType hex) {
    return new StructType().add("address", hex).add("storage_keys", DataTypes.createArrayType(hex));
  }

  private static StructType authorization(DataType hex) {
    return new StructType()
        .add("chain_id", DataTypes.StringType)
        .add("address", hex)
        .add("nonce", DataTypes.LongType)
        .add("y_parity", DataTypes.StringType)
        .add("r", hex)
        .add("s", hex);
  }
}
