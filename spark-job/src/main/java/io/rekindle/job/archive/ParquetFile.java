package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Whole blocks as rows of a Parquet file, ascending and without gaps, with the columns of {@link
 * BlockFields}; others are passed by. Opening it reads its footer.
 */
record ParquetFile(ArchiveFile file, long first, long last, List<String> parts)
    implements ChainFile {
  private static final Map<String, PrimitiveTypeName> REQUIRED =
      Map.of(
          BlockFields.NUMBER, PrimitiveTypeName.INT64,
          BlockFields.HASH, PrimitiveTypeName.BINARY,
          BlockFields.BLOCK_RLP, PrimitiveTypeName.BINARY);

  /**
   * @throws ArchiveException where the file is damaged, has no such columns, or has gaps
   */
  static ParquetFile open(ArchiveFile file) {
    try (ParquetFileReader reader = reader(file)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      REQUIRED.forEach((column, type) -> checkColumn(file, schema, column, type));
      long rows = 0;
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (BlockMetaData group : reader.getRowGroups()) {
        LongStatistics numbers = numbers(file, group);
        rows += group.getRowCount();
        first = Math.min(first, numbers.getMin());
        last = Math.max(last, numbers.getMax());
      }
      if (rows == 0) {
        throw file.failure("", "there is no block in it");
      }
      if (last - first + 1 != rows) {
        throw file.failure(
            "", rows + " rows for blocks " + first + " to " + last + ": one each is needed");
      }
      return new ParquetFile(file, first, last, parts(schema));
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }

  private static ParquetFileReader reader(ArchiveFile file) throws IOException {
    HadoopInputFile input =
        HadoopInputFile.fromPath(new Path(file.path()), file.settings().configuration());
    try {
      return ParquetFileReader.open(input);
    } catch (RuntimeException e) {
      throw new ArchiveException(
          file.path(), "", "damaged: its end is not that of a Parquet file", e);
    }
  }

  private static void checkColumn(
      ArchiveFile file, MessageType schema, String column, PrimitiveTypeName type) {
    if (!schema.containsField(column)
        || !schema.getType(column).isPrimitive()
        || schema.getType(column).asPrimitiveType().getPrimitiveTypeName() != type) {
      throw file.failure(
          "",
          "no archive: Parquet without a column "
              + column
              + " of type "
              + type
              + "; one of whole blocks is written from the table rlp of a data source");
    }
  }

  private static LongStatistics numbers(ArchiveFile file, BlockMetaData group) {
    for (ColumnChunkMetaData column : group.getColumns()) {
      if (column.getPath().toDotString().equals(BlockFields.NUMBER)
          && column.getStatistics() instanceof LongStatistics numbers
          && numbers.hasNonNullValue()) {
        return numbers;
      }
    }
    throw file.failure("", "its footer does not say which blocks there are");
  }

  private static List<String> parts(MessageType schema) {
    List<String> parts = new ArrayList<>(List.of(EraRecord.HEADER.part(), EraRecord.BODY.part()));
    if (schema.containsField(BlockFields.RECEIPTS_RLP)) {
      parts.add(EraRecord.RECEIPTS.part());
    }
    if (schema.containsField(BlockFields.TOTAL_DIFFICULTY)) {
      parts.add(EraRecord.TOTAL_DIFFICULTY.part());
    }
    return List.copyOf(parts);
  }

  @Override
  public FileFacts facts() {
    return new FileFacts(
        file.path(), file.length(), new BlockRange(first, last), parts, null, null);
  }

  @Override
  public Part part(long from, long to) {
    return new ParquetPart(file, from, to);
  }

  @Override
  public HashSource hashOf(long number) {
    return number < first || number > last ? null : new ParquetHash(file, number);
  }

  @Override
  public FileCheck check() {
    return null;
  }

  private record ParquetPart(ArchiveFile file, long from, long to) implements Part {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ArchivedBlock> read() {
      return new ParquetBlocks(file, from, to);
    }
  }

  private record ParquetHash(ArchiveFile file, long number) implements HashSource {
    private static final long serialVersionUID = 1L;

    @Override
    public Hash hash() {
      try (ParquetBlocks blocks = new ParquetBlocks(file, number, number)) {
        return blocks.next().hash();
      }
    }
  }
}
