package io.rekindle.job.source;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.state.Log;
import io.rekindle.job.archive.ArchivedBlock;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;

/** Rows of the blocks of one split, a block at a time. */
final class SourceReader implements PartitionReader<InternalRow> {
  private final SourceTable table;
  private final List<Function<SourceRow, Object>> columns;
  private final Iterator<ArchivedBlock> blocks;
  private final Deque<InternalRow> rows = new ArrayDeque<>();
  private InternalRow current;

  SourceReader(SourceTable table, StructType wanted, Iterator<ArchivedBlock> blocks) {
    this.table = table;
    this.columns = table.values(wanted);
    this.blocks = blocks;
  }

  @Override
  public boolean next() {
    while (rows.isEmpty() && blocks.hasNext()) {
      addRows(new SourceRow(blocks.next()));
    }
    current = rows.pollFirst();
    return current != null;
  }

  private void addRows(SourceRow row) {
    switch (table) {
      case BLOCKS, RLP -> add(row);
      case TRANSACTIONS -> addTransactions(row, row.archived().block().transactions().size());
      case RECEIPTS -> addTransactions(row, row.receipts() == null ? 0 : row.receipts().size());
      case LOGS -> addLogs(row);
    }
  }

  private void addTransactions(SourceRow row, int count) {
    for (int i = 0; i < count; i++) {
      row.moveToTransaction(i);
      add(row);
    }
  }

  private void addLogs(SourceRow row) {
    List<Receipt> receipts = row.receipts();
    int index = 0;
    for (int i = 0; receipts != null && i < receipts.size(); i++) {
      row.moveToTransaction(i);
      for (Log log : receipts.get(i).logs()) {
        row.moveToLog(log, index++);
        add(row);
      }
    }
  }

  private void add(SourceRow row) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).apply(row);
    }
    rows.addLast(new GenericInternalRow(values));
  }

  @Override
  public InternalRow get() {
    return current;
  }

  /** A query may want no more before the end, where files close themselves. */
  @Override
  public void close() throws IOException {
    if (blocks instanceof Closeable open) {
      open.close();
    }
  }
}
