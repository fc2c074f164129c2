package io.rekindle.job.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Writes e2store files, and takes them apart, for tests. */
final class E2StoreWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A record with its data. */
  record Entry(int type, long offset, byte[] data) {}

  static List<Entry> records(byte[] file) {
    List<Entry> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long offset = in.position();
      int type = in.getShort() & 0xffff;
      byte[] data = new byte[in.getInt()];
      in.getShort();
      in.get(data);
      records.add(new Entry(type, offset, data));
    }
    return records;
  }

  /** Adds a record and gives its offset. */
  long add(int type, byte[] data) {
    long offset = out.size();
    ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(prefix.putShort((short) type).putInt(data.length).putShort((short) 0).array());
    out.writeBytes(data);
    return offset;
  }

  long add(EraRecord type, byte[] data) {
    return add(type.type(), data);
  }

  long addPacked(EraRecord type, byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (SnappyFramedOutputStream frames = new SnappyFramedOutputStream(packed)) {
      frames.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return add(type.type(), packed.toByteArray());
  }

  /** Ends an era1 file, or an ere file of more than one column. */
  byte[] end(long first, List<long[]> offsets) {
    int columns = offsets.get(0).length;
    ByteBuffer index =
        ByteBuffer.allocate(8 * (offsets.size() * columns + (columns == 1 ? 2 : 3)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(first);
    long start = out.size();
    for (long[] block : offsets) {
      for (long offset : block) {
        index.putLong(offset - start);
      }
    }
    if (columns > 1) {
      index.putLong(columns);
    }
    index.putLong(offsets.size());
    add(columns == 1 ? EraRecord.BLOCK_INDEX : EraRecord.DYNAMIC_BLOCK_INDEX, index.array());
    return out.toByteArray();
  }
}
