package io.rekindle.snapshot;

import io.rekindle.snapshot.SnapshotFormatException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads what a {@link WireWriter} wrote, and no byte more. */
final class WireReader {
  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();

  WireReader(InputStream in) {
    this.in = in;
  }

  private ByteBuffer next(int bytes) throws IOException {
    int read = in.readNBytes(buffer.array(), 0, bytes);
    if (read < bytes) {
      throw new SnapshotFormatException(Problem.TRUNCATED, "the bytes end early");
    }
    checksum.update(buffer.array(), 0, bytes);
    return buffer.clear();
  }

  int int8() throws IOException {
    return next(1).get() & 0xFF;
  }

  int int16() throws IOException {
    return next(2).getShort() & 0xFFFF;
  }

  int int32() throws IOException {
    return next(4).getInt();
  }

  long int64() throws IOException {
    return next(8).getLong();
  }

  /** A number of things, which is not negative. */
  int count() throws IOException {
    int count = int32();
    if (count < 0) {
      throw new SnapshotFormatException(Problem.CONTENT, "a count of " + count);
    }
    return count;
  }

  /**
   * Longs; the array grows as they come, so that an altered count ends in an error and not in a
   * huge allocation.
   */
  long[] longs(long count) throws IOException {
    int size = size(count, 8);
    long[] values = new long[Math.min(size, CHUNK)];
    int from = 0;
    while (from < size) {
      int step = Math.min(size - from, CHUNK / 8);
      if (values.length < from + step) {
        values = Arrays.copyOf(values, grown(values.length, size));
      }
      next(8 * step).asLongBuffer().get(values, from, step);
      from += step;
    }
    return values;
  }

  int[] ints(long count) throws IOException {
    int size = size(count, 4);
    int[] values = new int[Math.min(size, CHUNK)];
    int from = 0;
    while (from < size) {
      int step = Math.min(size - from, CHUNK / 4);
      if (values.length < from + step) {
        values = Arrays.copyOf(values, grown(values.length, size));
      }
      next(4 * step).asIntBuffer().get(values, from, step);
      from += step;
    }
    return values;
  }

  byte[] bytes(long count) throws IOException {
    int size = size(count, 1);
    byte[] values = new byte[Math.min(size, CHUNK)];
    int from = 0;
    while (from < size) {
      int step = Math.min(size - from, CHUNK);
      if (values.length < from + step) {
        values = Arrays.copyOf(values, grown(values.length, size));
      }
      next(step).get(values, from, step);
      from += step;
    }
    return values;
  }

  private static int size(long count, int width) throws SnapshotFormatException {
    if (count > Integer.MAX_VALUE - 8) {
      throw new SnapshotFormatException(Problem.CONTENT, count + " entries of " + width + " bytes");
    }
    return (int) count;
  }

  private static int grown(int length, int size) {
    return (int) Math.min(size, 4L * length);
  }

  /** Reads the checksum and compares. */
  void finish() throws IOException {
    int expected = (int) checksum.getValue();
    if (next(4).getInt() != expected) {
      throw new SnapshotFormatException(Problem.CHECKSUM, "the bytes were altered");
    }
  }
}
