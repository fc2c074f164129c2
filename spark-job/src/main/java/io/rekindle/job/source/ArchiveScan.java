package io.rekindle.job.source;

import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/** Reads the blocks that can pass, a task for each of their splits. */
record ArchiveScan(ArchiveTable table, StructType wanted, BlockNumbers numbers)
    implements Scan, Batch {
  @Override
  public StructType readSchema() {
    return wanted;
  }

  /** What the plan shows. */
  @Override
  public String description() {
    return table.name() + " " + ranges() + " " + String.join(", ", wanted.fieldNames());
  }

  private List<BlockRange> ranges() {
    List<BlockRange> ranges = new ArrayList<>();
    for (BlockRange range : table.source().ranges()) {
      BlockRange part = numbers.within(range);
      if (part != null) {
        ranges.add(part);
      }
    }
    return ranges;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    List<InputPartition> partitions = new ArrayList<>();
    for (BlockRange range : ranges()) {
      for (BlockSplit split : table.source().splits(range, table.blocksPerPartition())) {
        partitions.add(new Partition(split));
      }
    }
    return partitions.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new Factory(table.table(), wanted);
  }

  private record Partition(BlockSplit split) implements InputPartition {
    private static final long serialVersionUID = 1L;
  }

  private record Factory(SourceTable table, StructType wanted) implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new SourceReader(table, wanted, ((Partition) partition).split().read());
    }
  }
}
