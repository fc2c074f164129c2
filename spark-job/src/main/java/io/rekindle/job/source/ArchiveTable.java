package io.rekindle.job.source;

import io.rekindle.job.archive.BlockSource;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** One of an archive's tables, to be read. */
record ArchiveTable(String path, SourceTable table, BlockSource source, int blocksPerPartition)
    implements Table, SupportsRead {
  @Override
  public String name() {
    return source.kind() + " " + table.tableName() + " of " + path;
  }

  /** Columns are Spark's newer way to say it, which 3.5 asks for by the schema, too. */
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    return table.schema();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new ArchiveScanBuilder(this);
  }
}
