package io.rekindle.job.source;

import io.rekindle.job.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table that an archive gives without being executed. Columns have the names and types of the
 * tables that a run writes; those that only execution or the chain's rules tell are left out, and
 * those of receipts are null where the archive has none.
 */
enum SourceTable {
  BLOCKS,
  TRANSACTIONS,
  RECEIPTS,
  LOGS,
  /** Whole blocks as bytes. */
  RLP;

  private List<Column> columns() {
    return switch (this) {
      case BLOCKS -> BlockColumns.ALL;
      case TRANSACTIONS -> TransactionColumns.ALL;
      case RECEIPTS -> ReceiptColumns.ALL;
      case LOGS -> LogColumns.ALL;
      case RLP -> RlpColumns.ALL;
    };
  }

  /**
   * A column.
   *
   * @param value of a row, in the form that Spark has inside
   */
  record Column(StructField field, Function<SourceRow, Object> value) {
    /** A column of a table that runs write, too. */
    static Column of(Table like, String name, Function<SourceRow, Object> value) {
      return new Column(like.schema().apply(name), value);
    }
  }

  /**
   * @throws IllegalArgumentException where there is no such table
   */
  static SourceTable named(String name) {
    for (SourceTable table : values()) {
      if (table.tableName().equals(name)) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "option table: no "
            + name
            + "; there are "
            + Arrays.stream(values())
                .map(SourceTable::tableName)
                .collect(Collectors.joining(", ")));
  }

  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  StructType schema() {
    return DataTypes.createStructType(columns().stream().map(Column::field).toList());
  }

  /** How to make the values of some columns, in their order. */
  List<Function<SourceRow, Object>> values(StructType wanted) {
    List<Function<SourceRow, Object>> values = new ArrayList<>();
    for (String name : wanted.fieldNames()) {
      for (Column column : columns()) {
        if (column.field().name().equals(name)) {
          values.add(column.value());
        }
      }
    }
    return values;
  }
}
