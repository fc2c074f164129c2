package io.rekindle.job.source;

import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A kind of archive as a data source. Options:
 *
 * <ul>
 *   <li>{@code path}: a file or a folder of files, on any Hadoop file system;
 *   <li>{@code table}: {@code blocks} (default), {@code transactions}, {@code receipts}, {@code
 *       logs}, or {@code rlp}, whose rows are whole blocks: written as Parquet they are an archive;
 *   <li>{@code blocksPerPartition}: how many blocks a task reads at most; default 256.
 * </ul>
 */
public abstract class ArchiveProvider implements TableProvider, DataSourceRegister {
  private static final int BLOCKS_PER_PARTITION = 256;

  private final String kind;

  ArchiveProvider(String kind) {
    this.kind = kind;
  }

  /** {@code spark.read().format("era1")}. */
  public static final class Era1 extends ArchiveProvider {
    public Era1() {
      super("era1");
    }
  }

  /** {@code spark.read().format("ere")}. */
  public static final class Ere extends ArchiveProvider {
    public Ere() {
      super("ere");
    }
  }

  /** {@code spark.read().format("rlp")}. */
  public static final class Rlp extends ArchiveProvider {
    public Rlp() {
      super("rlp");
    }
  }

  @Override
  public String shortName() {
    return kind;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return table(options).schema();
  }

  private static SourceTable table(CaseInsensitiveStringMap options) {
    return SourceTable.named(options.getOrDefault("table", SourceTable.BLOCKS.tableName()));
  }

  /**
   * @throws ArchiveException where there is no archive of this kind, or a damaged one
   * @throws IllegalArgumentException where an option is wrong
   */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    String path = options.get("path");
    if (path == null) {
      throw new IllegalArgumentException(
          kind + ": name one archive, a file or a folder, by load(path) or the option path");
    }
    BlockSource source =
        Archives.open(path, SparkSession.active().sparkContext().hadoopConfiguration());
    if (!source.kind().equals(kind)) {
      throw new ArchiveException(path, "", "the archive is " + source.kind() + ", not " + kind);
    }
    return new ArchiveTable(path, table(options), source, blocksPerPartition(options));
  }

  private static int blocksPerPartition(CaseInsensitiveStringMap options) {
    String text = options.getOrDefault("blocksPerPartition", String.valueOf(BLOCKS_PER_PARTITION));
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "option blocksPerPartition: a number of blocks, at least 1, not " + text);
    }
    return Integer.parseInt(text);
  }
}
