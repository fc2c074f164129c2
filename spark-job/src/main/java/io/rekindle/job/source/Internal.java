package io.rekindle.job.source;

import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Values as rows have them inside Spark. */
final class Internal {
  private static final int DECIMAL_DIGITS = 38;

  /** The most that 38 decimal digits hold is more than 126 bits do. */
  private static final int DECIMAL_BITS = 126;

  private static final long MICROS = 1_000_000;

  private Internal() {}

  /** The text of a hash or an address; null of null. */
  static UTF8String text(Object value) {
    return value == null ? null : UTF8String.fromString(value.toString());
  }

  static UTF8String hex(byte[] bytes) {
    return UTF8String.fromString(Hex.encode(bytes));
  }

  /** 32 bytes as hex. */
  static UTF8String word(UInt256 value) {
    return value == null ? null : hex(value.toBytes());
  }

  /** Null where the value is too large. */
  static Decimal decimal(UInt256 value) {
    return value == null || value.bitLength() > DECIMAL_BITS
        ? null
        : Decimal.apply(new BigDecimal(value.toBigInteger()), DECIMAL_DIGITS, 0);
  }

  /** The whole value, where {@link #decimal} has no place for it; else null. */
  static byte[] tooLarge(UInt256 value) {
    return value == null || value.bitLength() <= DECIMAL_BITS ? null : value.toBytes();
  }

  /** Null where the value is too large. */
  static Long number(UInt256 value) {
    return value == null || !value.fitsLong() ? null : value.toLongSaturated();
  }

  /** Microseconds since 1970. */
  static long timestamp(long seconds) {
    return seconds * MICROS;
  }

  static InternalRow struct(Object... values) {
    return new GenericInternalRow(values);
  }

  /** Null of null. */
  static <T> ArrayData array(List<T> values, Function<T, Object> each) {
    return values == null ? null : new GenericArrayData(values.stream().map(each).toArray());
  }
}
