package io.rekindle.job.source;

import io.rekindle.evm.state.Log;
import io.rekindle.job.source.SourceTable.Column;
import io.rekindle.job.table.Table;
import java.util.List;
import java.util.function.Function;

/** Columns of {@code logs}. */
final class LogColumns {
  static final List<Column> ALL =
      List.of(
          column("block_number", row -> row.header().number()),
          column("block_timestamp", row -> Internal.timestamp(row.header().timestamp())),
          column("transaction_index", SourceRow::transactionIndex),
          column("log_index", SourceRow::logIndex),
          column("transaction_hash", SourceRow::transactionHash),
          column("address", row -> Internal.text(row.log().address())),
          column("topic0", row -> topic(row.log(), 0)),
          column("topic1", row -> topic(row.log(), 1)),
          column("topic2", row -> topic(row.log(), 2)),
          column("topic3", row -> topic(row.log(), 3)),
          column("data", row -> Internal.hex(row.log().data())),
          column("n_data_bytes", row -> row.log().data().length));

  private LogColumns() {}

  private static Column column(String name, Function<SourceRow, Object> value) {
    return Column.of(Table.LOGS, name, value);
  }

  private static Object topic(Log log, int place) {
    return place < log.topics().size() ? Internal.text(log.topics().get(place)) : null;
  }
}
