package io.rekindle.job.source;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.job.source.SourceTable.Column;
import io.rekindle.job.table.Table;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** Columns of {@code receipts}: a row each that the archive holds. */
final class ReceiptColumns {
  static final List<Column> ALL =
      List.of(
          column("block_number", row -> row.header().number()),
          column("block_timestamp", row -> Internal.timestamp(row.header().timestamp())),
          column("transaction_index", SourceRow::transactionIndex),
          column("transaction_type", row -> row.receipt().type()),
          column("transaction_hash", SourceRow::transactionHash),
          column("root", row -> Internal.text(row.receipt().stateRoot())),
          column("success", TransactionColumns.of(ReceiptColumns::success)),
          column("gas_used", SourceRow::gasUsed),
          column("cumulative_gas_used", row -> row.receipt().cumulativeGasUsed()),
          added("logs_bloom", DataTypes.StringType, row -> Internal.hex(row.receipt().logsBloom())),
          added("n_logs", DataTypes.IntegerType, row -> row.receipt().logs().size()));

  private ReceiptColumns() {}

  /** Receipts have a status from Byzantium on. */
  static Object success(Receipt receipt) {
    return receipt.stateRoot() == null ? receipt.success() : null;
  }

  private static Column column(String name, Function<SourceRow, Object> value) {
    return Column.of(Table.TRANSACTIONS, name, value);
  }

  private static Column added(String name, DataType type, Function<SourceRow, Object> value) {
    return new Column(new StructField(name, type, true, Metadata.empty()), value);
  }
}
