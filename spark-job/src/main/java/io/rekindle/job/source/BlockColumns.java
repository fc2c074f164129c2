package io.rekindle.job.source;

import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.job.source.SourceTable.Column;
import io.rekindle.job.table.Table;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** Columns of {@code blocks}. */
final class BlockColumns {
  static final List<Column> ALL =
      List.of(
          column("block_number", row -> row.header().number()),
          column("block_timestamp", row -> Internal.timestamp(row.header().timestamp())),
          column("block_hash", SourceRow::blockHash),
          column("parent_hash", row -> Internal.text(row.header().parentHash())),
          column("author", row -> Internal.text(row.header().coinbase())),
          column("state_root", row -> Internal.text(row.header().stateRoot())),
          column("transactions_root", row -> Internal.text(row.header().transactionsRoot())),
          column("receipts_root", row -> Internal.text(row.header().receiptsRoot())),
          column("withdrawals_root", row -> Internal.text(row.header().withdrawalsRoot())),
          column("requests_hash", row -> Internal.text(row.header().requestsHash())),
          column("logs_bloom", row -> Internal.hex(row.header().logsBloom())),
          column("extra_data", row -> Internal.hex(row.header().extraData())),
          column("gas_used", row -> row.header().gasUsed()),
          column("gas_limit", row -> row.header().gasLimit()),
          column("base_fee_per_gas", row -> Internal.number(row.header().baseFee())),
          column("blob_gas_used", row -> row.header().blobGasUsed()),
          column("excess_blob_gas", row -> row.header().excessBlobGas()),
          column("size", BlockColumns::size),
          column("transaction_count", row -> (long) row.archived().block().transactions().size()),
          column("difficulty", row -> Internal.decimal(row.header().difficulty())),
          column("difficulty_binary", row -> Internal.tooLarge(row.header().difficulty())),
          added("total_difficulty", row -> Internal.decimal(row.archived().totalDifficulty())),
          column(
              "withdrawals",
              row ->
                  Internal.array(row.archived().block().withdrawals(), BlockColumns::withdrawal)));

  private BlockColumns() {}

  private static Column column(String name, Function<SourceRow, Object> value) {
    return Column.of(Table.BLOCKS, name, value);
  }

  private static Column added(String name, Function<SourceRow, Object> value) {
    return new Column(
        new StructField(name, DataTypes.createDecimalType(38, 0), true, Metadata.empty()), value);
  }

  /** Bytes of the block's RLP; not known where the archive lacks its ommers. */
  private static Object size(SourceRow row) {
    return row.archived().missingOmmers() > 0 ? null : (long) row.archived().encoded().length;
  }

  private static Object withdrawal(Withdrawal withdrawal) {
    return Internal.struct(
        withdrawal.index(),
        withdrawal.validatorIndex(),
        Internal.text(withdrawal.address()),
        withdrawal.amount());
  }
}
