package io.rekindle.job.table;

import org.apache.spark.sql.catalyst.InternalRow;

/** Takes rows, in chain order for each table. */
public interface RowSink {
  /** Whether rows of the table are wanted; others need not be made. */
  boolean wants(Table table);

  /** How hashes, addresses and bytes are to stand in the rows. */
  Encoding encoding();

  /**
   * Takes a row.
   *
   * @param blockRange value of the column {@code block_range}, which the row itself leaves out
   */
  void add(Table table, long blockRange, InternalRow row);
}
