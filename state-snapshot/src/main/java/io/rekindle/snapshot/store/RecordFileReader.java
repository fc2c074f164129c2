package io.rekindle.snapshot.store;

import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads a {@link RecordFile} by positioned reads, which any number of threads may make at a time.
 * Keys are hashes and so spread evenly: a key's place is guessed by proportion, and a guess is
 * seldom more than a block off.
 */
final class RecordFileReader implements AutoCloseable {
  private final Path path;
  private final FSDataInputStream in;
  private final int recordSize;
  private final long records;

  /**
   * @param records how many the manifest says there are
   */
  RecordFileReader(FileSystem fs, Path path, int recordSize, long records) throws IOException {
    this.path = path;
    this.recordSize = recordSize;
    this.records = records;
    long length = RecordFile.length(records, recordSize);
    long found;
    try {
      found = fs.getFileStatus(path).getLen();
    } catch (FileNotFoundException e) {
      throw new StateStoreException(Problem.TRUNCATED, path + " is missing");
    }
    if (found != length) {
      throw new StateStoreException(
          Problem.TRUNCATED, path + " has " + found + " bytes where " + length + " were written");
    }
    this.in = fs.open(path);
    checkHeader();
  }

  private void checkHeader() throws IOException {
    byte[] header = new byte[RecordFile.HEADER_BYTES];
    read(0, header, header.length);
    ByteBuffer fields = ByteBuffer.wrap(header);
    if (fields.getInt() != RecordFile.MAGIC) {
      throw new StateStoreException(Problem.CHECKSUM, path + " is no file of a state store");
    }
    int version = fields.getShort();
    if (version != RecordFile.VERSION) {
      throw new StateStoreException(Problem.VERSION, path + " is of version " + version);
    }
    if (fields.getShort() != recordSize || fields.getLong() != 0) {
      throw new StateStoreException(Problem.CHECKSUM, path + " has an altered header");
    }
  }

  private void read(long position, byte[] bytes, int length) throws IOException {
    try {
      in.readFully(position, bytes, 0, length);
    } catch (EOFException e) {
      throw new StateStoreException(Problem.TRUNCATED, path + " ends early");
    }
  }

  long records() {
    return records;
  }

  /** A block's records, checked. */
  Block block(long number) throws IOException {
    long first = number * RecordFile.RECORDS_PER_BLOCK;
    int count = (int) Math.min(RecordFile.RECORDS_PER_BLOCK, records - first);
    int length = count * recordSize;
    byte[] bytes = new byte[length + RecordFile.CHECKSUM_BYTES];
    read(RecordFile.blockStart(number, recordSize), bytes, bytes.length);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    if (ByteBuffer.wrap(bytes).getInt(length) != (int) checksum.getValue()) {
      throw new StateStoreException(Problem.CHECKSUM, path + " was altered in block " + number);
    }
    return new Block(number, first, count, bytes);
  }

  /** Records that lie together. */
  record Block(long number, long first, int count, byte[] bytes) {
    boolean holds(long record) {
      return record >= first && record < first + count;
    }
  }

  /** Where a record was found: its bytes start at {@code at}. */
  record Found(Block block, int at) {}

  /**
   * Finds a key among the records {@code from} to {@code to}, which are sorted by key.
   *
   * @param hint a block read before, looked at first, or null
   * @param low the least key that there can be, as its first 8 bytes, unsigned
   * @param high the greatest
   * @return null where there is no such key
   */
  Found find(Hash key, long from, long to, long low, long high, Block hint) throws IOException {
    long begin = from;
    long end = to;
    long least = low;
    long greatest = high;
    Block block = hint;
    while (begin < end) {
      if (block == null || block.first() + block.count() <= begin || block.first() >= end) {
        block =
            block(guess(key.limb3(), begin, end, least, greatest) / RecordFile.RECORDS_PER_BLOCK);
      }
      int first = (int) (Math.max(begin, block.first()) - block.first());
      int last = (int) (Math.min(end, block.first() + block.count()) - block.first()) - 1;
      Hash firstKey = key(block, first);
      Hash lastKey = key(block, last);
      if (key.compareTo(firstKey) < 0) {
        end = block.first() + first;
        greatest = firstKey.limb3();
      } else if (key.compareTo(lastKey) > 0) {
        begin = block.first() + last + 1;
        least = lastKey.limb3();
      } else {
        return within(key, block, first, last);
      }
      block = null;
    }
    return null;
  }

  /** The place of a key by proportion. */
  private static long guess(long key, long begin, long end, long least, long greatest) {
    double range = unsigned(greatest) - unsigned(least);
    double share = range <= 0 ? 0.5 : (unsigned(key) - unsigned(least)) / range;
    long guess = begin + (long) (share * (end - begin));
    return Math.max(begin, Math.min(end - 1, guess));
  }

  private static double unsigned(long value) {
    return (value >>> 1) * 2.0 + (value & 1);
  }

  private Hash key(Block block, int index) {
    return Hash.ofBytes(block.bytes(), index * recordSize);
  }

  private Found within(Hash key, Block block, int first, int last) {
    int low = first;
    int high = last;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = key.compareTo(key(block, middle));
      if (order == 0) {
        return new Found(block, middle * recordSize);
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
