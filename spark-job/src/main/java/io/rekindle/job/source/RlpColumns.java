package io.rekindle.job.source;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.job.archive.BlockFields;
import io.rekindle.job.source.SourceTable.Column;
import io.rekindle.job.table.Table;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** Columns of {@code rlp}: whole blocks, which make an archive again where they are written. */
final class RlpColumns {
  static final List<Column> ALL =
      List.of(
          Column.of(Table.BLOCKS, BlockFields.NUMBER, row -> row.header().number()),
          Column.of(Table.BLOCKS, BlockFields.HASH, SourceRow::blockHash),
          column(BlockFields.BLOCK_RLP, DataTypes.BinaryType, RlpColumns::block),
          column(BlockFields.RECEIPTS_RLP, DataTypes.BinaryType, RlpColumns::receipts),
          column(
              BlockFields.TOTAL_DIFFICULTY,
              DataTypes.createDecimalType(38, 0),
              row -> Internal.decimal(row.archived().totalDifficulty())));

  private RlpColumns() {}

  private static Column column(String name, DataType type, Function<SourceRow, Object> value) {
    return new Column(new StructField(name, type, true, Metadata.empty()), value);
  }

  /** Null where the archive names ommers by their hashes only. */
  private static Object block(SourceRow row) {
    return row.archived().missingOmmers() > 0 ? null : row.archived().encoded();
  }

  private static Object receipts(SourceRow row) {
    List<Receipt> receipts = row.receipts();
    return receipts == null ? null : Receipt.encodeList(receipts);
  }
}
