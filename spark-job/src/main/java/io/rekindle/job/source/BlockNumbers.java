package io.rekindle.job.source;

import io.rekindle.job.archive.BlockSource.BlockRange;
import java.util.Arrays;
import java.util.LongSummaryStatistics;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;

/**
 * What a filter says of block numbers.
 *
 * @param first lowest number that can pass
 * @param last highest number that can pass; below {@code first} where none can
 * @param exact whether all of these pass, so that Spark need not ask the filter again
 */
record BlockNumbers(long first, long last, boolean exact) {
  static final String COLUMN = "block_number";

  /** Nothing is said. */
  static final BlockNumbers ALL = new BlockNumbers(0, Long.MAX_VALUE, false);

  static BlockNumbers of(Filter filter) {
    if (filter instanceof And and) {
      return of(and.left()).and(of(and.right()));
    }
    if (!Arrays.equals(filter.references(), new String[] {COLUMN})) {
      return ALL;
    }
    if (filter instanceof EqualTo equal) {
      return exactly(number(equal.value()), number(equal.value()));
    }
    if (filter instanceof GreaterThanOrEqual least) {
      return exactly(number(least.value()), Long.MAX_VALUE);
    }
    if (filter instanceof GreaterThan above) {
      long value = number(above.value());
      return value == Long.MAX_VALUE ? exactly(1, 0) : exactly(value + 1, Long.MAX_VALUE);
    }
    if (filter instanceof LessThanOrEqual most) {
      return exactly(0, number(most.value()));
    }
    if (filter instanceof LessThan below) {
      long value = number(below.value());
      return value <= 0 ? exactly(1, 0) : exactly(0, value - 1);
    }
    if (filter instanceof IsNotNull) {
      return exactly(0, Long.MAX_VALUE);
    }
    return filter instanceof In in ? hull(in.values()) : ALL;
  }

  private static BlockNumbers hull(Object[] values) {
    LongSummaryStatistics numbers =
        Arrays.stream(values)
            .filter(value -> value != null)
            .mapToLong(BlockNumbers::number)
            .summaryStatistics();
    return new BlockNumbers(numbers.getMin(), numbers.getMax(), false);
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static BlockNumbers exactly(long first, long last) {
    return new BlockNumbers(first, last, true);
  }

  BlockNumbers and(BlockNumbers other) {
    return new BlockNumbers(
        Math.max(first, other.first), Math.min(last, other.last), exact && other.exact);
  }

  /** The part of a range that can pass, or null. */
  BlockRange within(BlockRange range) {
    long from = Math.max(first, range.first());
    long to = Math.min(last, range.last());
    return from > to ? null : new BlockRange(from, to);
  }
}
