package io.rekindle.job.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;

/** Takes from a query which columns it needs and which block numbers can pass its filters. */
final class ArchiveScanBuilder
    implements ScanBuilder, SupportsPushDownFilters, SupportsPushDownRequiredColumns {
  private final ArchiveTable table;
  private StructType wanted;
  private BlockNumbers numbers = BlockNumbers.ALL;
  private final List<Filter> pushed = new ArrayList<>();

  ArchiveScanBuilder(ArchiveTable table) {
    this.table = table;
    this.wanted = table.table().schema();
  }

  @Override
  public void pruneColumns(StructType requiredSchema) {
    wanted = requiredSchema;
  }

  /** Filters on the block number choose what is read; the rest is Spark's to apply. */
  @Override
  public Filter[] pushFilters(Filter[] filters) {
    List<Filter> left = new ArrayList<>();
    for (Filter filter : filters) {
      BlockNumbers said = BlockNumbers.of(filter);
      if (!said.equals(BlockNumbers.ALL)) {
        numbers = numbers.and(said);
        pushed.add(filter);
      }
      if (!said.exact()) {
        left.add(filter);
      }
    }
    return left.toArray(Filter[]::new);
  }

  @Override
  public Filter[] pushedFilters() {
    return pushed.toArray(Filter[]::new);
  }

  @Override
  public Scan build() {
    return new ArchiveScan(table, wanted, numbers);
  }
}
