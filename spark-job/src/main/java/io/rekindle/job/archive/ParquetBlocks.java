package io.rekindle.job.archive;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.IOException;
import java.math.BigInteger;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.Operators.LongColumn;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.LogicalTypeAnnotation;

/** Blocks of a Parquet file. Statistics and indexes of the file pass others by unread. */
final class ParquetBlocks extends ConsecutiveBlocks {
  private final ArchiveFile file;
  private final ParquetReader<Group> reader;

  ParquetBlocks(ArchiveFile file, long from, long to) {
    super(from, to);
    LongColumn number = FilterApi.longColumn(BlockFields.NUMBER);
    this.file = file;
    try {
      this.reader =
          ParquetReader.builder(new GroupReadSupport(), new Path(file.path()))
              .withConf(file.settings().configuration())
              .withFilter(
                  FilterCompat.get(
                      FilterApi.and(FilterApi.gtEq(number, from), FilterApi.ltEq(number, to))))
              .usePageChecksumVerification()
              .build();
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }

  @Override
  ArchivedBlock read(long number) {
    String place = file.path() + ": block " + number;
    ArchivedBlock block = decode(row(place), place);
    if (block.number() != number) {
      throw new ArchiveException(
          place, "", "the row in its place has block " + block.number() + "; rows must ascend");
    }
    return block;
  }

  /** What Parquet finds wrong with a page it throws unchecked, too. */
  private Group row(String place) {
    Group row;
    try {
      row = reader.read();
    } catch (IOException | RuntimeException e) {
      throw new ArchiveException(place, "", "damaged: Parquet cannot read its row", e);
    }
    if (row == null) {
      throw new ArchiveException(place, "", "there is no row of it");
    }
    return row;
  }

  private static ArchivedBlock decode(Group row, String place) {
    byte[] encoded = bytes(row, BlockFields.BLOCK_RLP);
    byte[] hash = bytes(row, BlockFields.HASH);
    if (encoded == null || hash == null) {
      throw new ArchiveException(
          place, "", "there is no value in " + BlockFields.BLOCK_RLP + " or " + BlockFields.HASH);
    }
    try {
      Block block = Block.decode(encoded);
      Hash actual = block.header().hash();
      String stated = row.getString(BlockFields.HASH, 0);
      if (!actual.toString().equals(stated)) {
        throw new ArchiveException(
            place,
            BlockFields.HASH,
            "the header's hash is " + actual + ", the file says " + stated);
      }
      byte[] receipts = bytes(row, BlockFields.RECEIPTS_RLP);
      return new ArchivedBlock(
          block,
          encoded,
          actual,
          place,
          totalDifficulty(row, place),
          receipts == null ? null : new StoredReceipts(receipts, StoredReceipts.Form.CONSENSUS),
          null,
          0);
    } catch (RlpException e) {
      throw new ArchiveException(place, BlockFields.BLOCK_RLP, e.getMessage(), e);
    }
  }

  /** Null where there is no such column, or no value. */
  private static byte[] bytes(Group row, String column) {
    return row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0
        ? row.getBinary(column, 0).getBytes()
        : null;
  }

  private static UInt256 totalDifficulty(Group row, String place) {
    byte[] bytes = bytes(row, BlockFields.TOTAL_DIFFICULTY);
    if (bytes == null) {
      return null;
    }
    BigInteger value = new BigInteger(bytes);
    boolean whole =
        row.getType().getType(BlockFields.TOTAL_DIFFICULTY).getLogicalTypeAnnotation()
                instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal
            && decimal.getScale() == 0;
    if (!whole || value.signum() < 0) {
      throw new ArchiveException(place, BlockFields.TOTAL_DIFFICULTY, "no whole decimal number");
    }
    return UInt256.of(value);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }
}
