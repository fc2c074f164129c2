package io.rekindle.job;

import static org.apache.spark.sql.functions.col;

import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.table.BlockRows;
import io.rekindle.job.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The sidecars in the tables of an earlier run. */
final class SidecarTable {
  private final String path;
  private final Dataset<Row> rows;

  private SidecarTable(String path, Dataset<Row> rows) {
    this.path = path;
    this.rows = rows;
  }

  /**
   * @throws ArchiveException where the run wrote no sidecars
   */
  static SidecarTable open(String path, OutputFolder folder, SparkSession spark)
      throws IOException {
    if (!folder.holds(Table.SIDECARS)) {
      throw new ArchiveException(
          path, "", "no state: the run that wrote these tables left no sidecars in them");
    }
    return new SidecarTable(path, folder.read(spark, Table.SIDECARS));
  }

  /**
   * The sidecars of some blocks, as far as there are any.
   *
   * @return by block: its number, and each after its length, the two encodings
   * @throws ArchiveException where there are two for a block
   */
  Map<Long, byte[]> read(BlockRange blocks) {
    Map<Long, byte[]> found = new TreeMap<>();
    for (byte[] row : rowsOf(blocks)) {
      long block = ByteBuffer.wrap(row).getLong();
      if (found.put(block, row) != null) {
        throw new ArchiveException(place(block), "", "there are two for this block");
      }
    }
    return found;
  }

  /** Names the sidecar of a block. */
  String place(long block) {
    return path + ": sidecar of block " + block;
  }

  private List<byte[]> rowsOf(BlockRange blocks) {
    rows.sparkSession()
        .sparkContext()
        .setJobGroup("rekindle-sidecars", "sidecars of " + blocks, false);
    return rows.where(
            col(Table.RANGE_COLUMN)
                .between(blocks.first() / BlockRows.RANGE * BlockRows.RANGE, blocks.last())
                .and(col("block_number").between(blocks.first(), blocks.last())))
        .select("block_number", "block_access_list", "extension")
        .javaRDD()
        .map(row -> encoded(row.getLong(0), (byte[]) row.get(1), (byte[]) row.get(2)))
        .collect();
  }

  /** A row as the block's number and, each after its length, the two encodings. */
  private static byte[] encoded(long block, byte[] list, byte[] extension) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(list.length + extension.length + 16);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(block);
      out.writeInt(list.length);
      out.write(list);
      out.writeInt(extension.length);
      out.write(extension);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
