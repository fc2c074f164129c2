package io.rekindle.job.table;

import java.util.Arrays;
import java.util.Locale;
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
      "block_hash S, parent_hash S, author S, state_root S, transactions_root S, receipts_root S,"
          + " withdrawals_root S, requests_hash S, logs_bloom S, extra_data S, gas_used L,"
          + " gas_limit L, base_fee_per_gas L, blob_gas_used L, excess_blob_gas L, size L,"
          + " transaction_count L, difficulty D, withdrawals W"),
  CHECKS("check S, expected S, actual S, passed Z"),
  TRANSACTIONS(
      "transaction_index I, transaction_type I, transaction_hash S, block_hash S, from_address S,"
          + " to_address S, input S, contract_address S, root S, nonce L, gas_limit L, gas_used L,"
          + " cumulative_gas_used L, gas_price L, effective_gas_price L, max_fee_per_gas L,"
          + " max_priority_fee_per_gas L, max_fee_per_blob_gas L, value D, success Z,"
          + " n_input_bytes I, blob_versioned_hashes H, access_list A, authorization_list U"),
  LOGS(
      "transaction_index I, log_index I, transaction_hash S, address S, topic0 S, topic1 S,"
          + " topic2 S, topic3 S, data S, n_data_bytes I"),
  BALANCE_DIFFS(Place.UNIT + ", address S, from_value D, to_value D"),
  NONCE_DIFFS(Place.UNIT + ", address S, from_value L, to_value L"),
  CODE_DIFFS(Place.UNIT + ", address S, from_value S, to_value S"),
  STORAGE_DIFFS(Place.UNIT + ", address S, slot S, from_value S, to_value S"),
  STORAGE_READS(Place.UNIT + ", address S, slot S, value S"),
  UNITS(
      "block_access_index I, partition_id I, n_reruns I, gas_used L, cpu_ns L, code_hash S,"
          + " selector S");

  /** Columns that say which unit. */
  private static final class Place {
    static final String UNIT = "block_access_index I, transaction_index I, transaction_hash S";
  }

  private static final StructType WITHDRAWAL =
      new StructType()
          .add("index", DataTypes.LongType)
          .add("validator_index", DataTypes.LongType)
          .add("address", DataTypes.StringType)
          .add("amount", DataTypes.LongType);

  private static final StructType ACCESS =
      new StructType()
          .add("address", DataTypes.StringType)
          .add("storage_keys", DataTypes.createArrayType(DataTypes.StringType));

  private static final StructType AUTHORIZATION =
      new StructType()
          .add("chain_id", DataTypes.StringType)
          .add("address", DataTypes.StringType)
          .add("nonce", DataTypes.LongType)
          .add("y_parity", DataTypes.StringType)
          .add("r", DataTypes.StringType)
          .add("s", DataTypes.StringType);

  private final String columns;

  Table(String columns) {
    this.columns = columns;
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
        "no table " + name + "; there are " + Arrays.toString(values()).toLowerCase(Locale.ROOT));
  }

  /** The columns: first those of every table, last {@code block_range}, by which it is divided. */
  public StructType schema() {
    StructType schema =
        new StructType()
            .add("chain_id", DataTypes.LongType)
            .add("block_number", DataTypes.LongType)
            .add("block_timestamp", DataTypes.TimestampType);
    for (String column : columns.split(", ", -1)) {
      int space = column.indexOf(' ');
      String name = column.substring(0, space);
      char type = column.charAt(space + 1);
      schema = schema.add(name, type(type));
      if (type == 'D') {
        schema = schema.add(name + "_binary", DataTypes.BinaryType);
      }
    }
    return schema.add("block_range", DataTypes.LongType);
  }

  private static DataType type(char letter) {
    return switch (letter) {
      case 'L' -> DataTypes.LongType;
      case 'I' -> DataTypes.IntegerType;
      case 'S' -> DataTypes.StringType;
      case 'Z' -> DataTypes.BooleanType;
      case 'D' -> DataTypes.createDecimalType(38, 0);
      case 'H' -> DataTypes.createArrayType(DataTypes.StringType);
      case 'W' -> DataTypes.createArrayType(WITHDRAWAL);
      case 'A' -> DataTypes.createArrayType(ACCESS);
      case 'U' -> DataTypes.createArrayType(AUTHORIZATION);
      default -> throw new IllegalStateException("no type " + letter);
    };
  }
}
