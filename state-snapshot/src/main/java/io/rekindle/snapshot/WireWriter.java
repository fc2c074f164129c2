package io.rekindle.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes little-endian numbers and bytes through a buffer, and a checksum of all of them last. */
final class WireWriter {
  private static final int CHUNK = 1 << 16;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();

  WireWriter(OutputStream out) {
    this.out = out;
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      drain();
    }
    return buffer;
  }

  private void drain() throws IOException {
    checksum.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  void int8(byte value) throws IOException {
    room(1).put(value);
  }

  void int16(short value) throws IOException {
    room(2).putShort(value);
  }

  void int32(int value) throws IOException {
    room(4).putInt(value);
  }

  void int64(long value) throws IOException {
    room(8).putLong(value);
  }

  void longs(long[] values, int count) throws IOException {
    int from = 0;
    while (from < count) {
      ByteBuffer target = room(8);
      int step = Math.min(count - from, target.remaining() / 8);
      target.asLongBuffer().put(values, from, step);
      target.position(target.position() + 8 * step);
      from += step;
    }
  }

  void ints(int[] values, int count) throws IOException {
    int from = 0;
    while (from < count) {
      ByteBuffer target = room(4);
      int step = Math.min(count - from, target.remaining() / 4);
      target.asIntBuffer().put(values, from, step);
      target.position(target.position() + 4 * step);
      from += step;
    }
  }

  void bytes(byte[] values, int count) throws IOException {
    int from = 0;
    while (from < count) {
      ByteBuffer target = room(1);
      int step = Math.min(count - from, target.remaining());
      target.put(values, from, step);
      from += step;
    }
  }

  /**
   * Writes the checksum and hands everything to the stream, which it neither flushes nor closes.
   */
  void finish() throws IOException {
    drain();
    buffer.putInt((int) checksum.getValue());
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
