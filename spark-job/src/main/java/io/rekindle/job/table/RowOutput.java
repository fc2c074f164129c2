package io.rekindle.job.table;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.word.UInt256;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Adds to the rows of one block what the rows of all tables have, and gives cells their form. */
final class RowOutput {
  private static final int DECIMAL_DIGITS = 38;
  private static final BigInteger DECIMAL_END = BigInteger.TEN.pow(DECIMAL_DIGITS);

  /** Numbers of so many bits are below {@link #DECIMAL_END}. */
  private static final int DECIMAL_BITS = 126;

  private static final int COMMON = 3;

  private final RowSink sink;
  private final Encoding encoding;
  private final long chainId;
  private final long number;
  private final long micros;

  RowOutput(RowSink sink, long chainId, Header header) {
    this(sink, chainId, header.number(), header.timestamp());
  }

  /**
   * @param number of the block
   * @param timestamp of the block, seconds since 1970
   */
  RowOutput(RowSink sink, long chainId, long number, long timestamp) {
    this.sink = sink;
    this.encoding = sink.encoding();
    this.chainId = chainId;
    this.number = number;
    this.micros = timestamp * 1_000_000;
  }

  long blockNumber() {
    return number;
  }

  boolean wants(Table table) {
    return sink.wants(table);
  }

  Encoding encoding() {
    return encoding;
  }

  /** An amount that takes two columns: the decimal, and the bytes where that does not hold it. */
  record Wei(UInt256 value) {}

  /**
   * Adds a row.
   *
   * @param cells of the columns between the common ones and {@code block_range}; a {@link Wei} is
   *     two
   */
  void add(Table table, Object... cells) {
    int amounts = 0;
    for (Object cell : cells) {
      if (cell instanceof Wei) {
        amounts++;
      }
    }
    Object[] row = new Object[COMMON + cells.length + amounts];
    row[0] = chainId;
    row[1] = number;
    row[2] = micros;
    int at = COMMON;
    for (Object cell : cells) {
      if (cell instanceof Wei wei) {
        row[at++] = decimal(wei.value());
        row[at++] = overflow(wei.value());
      } else {
        row[at++] = cell;
      }
    }
    sink.add(table, number / BlockRows.RANGE * BlockRows.RANGE, new GenericInternalRow(row));
  }

  private static Decimal decimal(UInt256 value) {
    if (value == null || !fits(value)) {
      return null;
    }
    return Decimal.apply(new BigDecimal(value.toBigInteger()), DECIMAL_DIGITS, 0);
  }

  private static boolean fits(UInt256 value) {
    return value.bitLength() <= DECIMAL_BITS || value.toBigInteger().compareTo(DECIMAL_END) < 0;
  }

  private static byte[] overflow(UInt256 value) {
    return value == null || fits(value) ? null : value.toBytes();
  }

  static UTF8String text(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }

  /** A number that fits a BIGINT; null where it does not. */
  static Long number(UInt256 value) {
    return value == null || value.bitLength() >= Long.SIZE ? null : value.toLongSaturated();
  }

  static <T> GenericArrayData array(List<T> values, Function<T, Object> cell) {
    Object[] cells = new Object[values.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell.apply(values.get(i));
    }
    return new GenericArrayData(cells);
  }

  static InternalRow struct(Object... cells) {
    return new GenericInternalRow(cells);
  }
}
