package io.rekindle.job.archive;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.xerial.snappy.SnappyFramedInputStream;

/**
 * Records of an e2store file, at any place of it: two bytes of type, four of length and two
 * reserved ones that are zero, all little-endian, then the data. Reads ahead, so that records one
 * behind the other cost one read of the file for many.
 *
 * @see <a href="https://github.com/status-im/nimbus-eth2/blob/stable/docs/e2store.md">e2store</a>
 */
final class E2StoreReader implements Closeable {
  /** Bytes in front of a record's data. */
  static final int PREFIX = 8;

  private static final int READ_AHEAD = 1 << 16;

  /** More than any block's gas can pay for, unpacked. */
  private static final int MAX_UNPACKED = 1 << 29;

  private final ArchiveFile file;
  private final FSDataInputStream in;
  private final long length;
  private byte[] buffer = new byte[0];
  private int buffered;
  private long bufferStart;

  E2StoreReader(ArchiveFile file) {
    this.file = file;
    this.length = file.length();
    this.in = file.open();
  }

  /**
   * A record without its data.
   *
   * @param offset of its prefix in the file
   * @param length of its data, in bytes
   */
  record Place(int type, long offset, int length) {
    long end() {
      return offset + PREFIX + length;
    }
  }

  long length() {
    return length;
  }

  /**
   * @param place for messages
   */
  Place record(long offset, String place) {
    int at = buffer(offset, PREFIX, place);
    int type = (buffer[at] & 0xff) | (buffer[at + 1] & 0xff) << 8;
    long size = littleEndian(at + 2, 4);
    if (littleEndian(at + 6, 2) != 0) {
      throw failure(place, offset, "no record: its reserved bytes are not zero");
    }
    if (size > length - offset - PREFIX) {
      throw failure(
          place, offset, "truncated: a record of " + size + " bytes reaches over the file's end");
    }
    if (size > MAX_UNPACKED) {
      throw failure(place, offset, "no record: " + size + " bytes are more than any has");
    }
    return new Place(type, offset, (int) size);
  }

  /** A record that must be of a type. */
  Place record(long offset, EraRecord expected, String place) {
    Place record = record(offset, place);
    if (record.type() != expected.type()) {
      throw failure(
          place,
          offset,
          String.format(
              "%s expected, record type 0x%04x, found 0x%04x",
              expected.label(), expected.type(), record.type()));
    }
    return record;
  }

  /** The data of a record. */
  byte[] data(Place record, String place) {
    byte[] data = new byte[record.length()];
    int at = buffer(record.offset() + PREFIX, data.length, place);
    System.arraycopy(buffer, at, data, 0, data.length);
    return data;
  }

  /** The data of a record, out of its snappy frames, whose checksums must hold. */
  byte[] unpacked(Place record, String what, String place) {
    int at = buffer(record.offset() + PREFIX, record.length(), place);
    try (InputStream frames =
        new SnappyFramedInputStream(new ByteArrayInputStream(buffer, at, record.length()), true)) {
      byte[] data = frames.readNBytes(MAX_UNPACKED + 1);
      if (data.length > MAX_UNPACKED) {
        throw failure(place, record.offset(), what + ": unpacked, it is larger than any block");
      }
      return data;
    } catch (IOException e) {
      throw new ArchiveException(
          file.path(),
          place + ", byte " + record.offset(),
          what + ": damaged snappy frames: " + e.getMessage(),
          e);
    }
  }

  /** An integer of 8 bytes anywhere in the file; little-endian. */
  long int64(long offset, String place) {
    return littleEndian(buffer(offset, Long.BYTES, place), Long.BYTES);
  }

  ArchiveException failure(String place, long offset, String problem) {
    return file.failure(place + ", byte " + offset, problem);
  }

  private long littleEndian(int at, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | (buffer[at + i] & 0xff);
    }
    return value;
  }

  /** Has bytes of the file in the buffer, and says where in it. */
  private int buffer(long offset, int count, String place) {
    if (offset < 0 || offset > length - count) {
      throw failure(place, offset, "truncated: this is not within the file's " + length + " bytes");
    }
    if (offset < bufferStart || offset + count > bufferStart + buffered) {
      int wanted = (int) Math.min(Math.max(count, READ_AHEAD), length - offset);
      if (buffer.length < wanted) {
        buffer = new byte[wanted];
      }
      buffered = 0;
      try {
        in.seek(offset);
        in.readFully(buffer, 0, wanted);
      } catch (IOException e) {
        throw file.failure(place + ", byte " + offset, e);
      }
      bufferStart = offset;
      buffered = wanted;
    }
    return (int) (offset - bufferStart);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }
}
