package io.rekindle.job.archive;

import io.rekindle.evm.rlp.RlpException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** RLP items one behind the other in a stream, with their place in it. */
final class RlpInput implements Closeable {
  /** More than any block's gas can pay for. */
  private static final long MAX_ITEM = 1L << 29;

  private final ArchiveFile file;
  private final InputStream in;
  private long position;

  /**
   * @param offset where to start, in bytes of the unpacked file
   */
  RlpInput(ArchiveFile file, long offset) {
    this.file = file;
    this.in = file.openUnpacked();
    try {
      in.skipNBytes(offset);
    } catch (IOException e) {
      throw file.failure("byte " + offset, e);
    }
    this.position = offset;
  }

  long position() {
    return position;
  }

  /** Whether an item is left. */
  boolean hasNext() {
    try {
      in.mark(1);
      int next = in.read();
      in.reset();
      return next >= 0;
    } catch (IOException e) {
      throw file.failure("byte " + position, e);
    }
  }

  /** The next item, a list, with its prefix. */
  byte[] list() {
    long start = position;
    try {
      in.mark(9);
      long length = listPayload();
      int prefixLength = (int) (position - start);
      in.reset();
      position = start;
      return bytes(prefixLength + (int) length);
    } catch (IOException e) {
      throw file.failure("byte " + start, e);
    }
  }

  /** Opens a list and gives its first item, a list too; the rest is skipped. */
  byte[] firstOfList() {
    long start = position;
    try {
      long length = listPayload();
      long end = position + length;
      byte[] first = list();
      if (position > end) {
        throw file.failure("byte " + start, "no block: its header is longer than the block");
      }
      in.skipNBytes(end - position);
      position = end;
      return first;
    } catch (IOException e) {
      throw file.failure("byte " + start, e);
    }
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    position += count;
    return bytes;
  }

  private long listPayload() throws IOException {
    long start = position;
    int prefix = bytes(1)[0] & 0xff;
    if (prefix < 0xc0) {
      throw file.failure("byte " + start, "no RLP list, which a block is");
    }
    if (prefix <= 0xf7) {
      return prefix & 0x3f;
    }
    long length = 0;
    for (byte digit : bytes(prefix - 0xf7)) {
      length = length > MAX_ITEM ? length : (length << 8) | (digit & 0xff);
    }
    if (length > MAX_ITEM || length <= 55) {
      throw file.failure("byte " + start, "no block: a list of " + length + " bytes");
    }
    return length;
  }

  /** What went wrong with an item that starts at {@code offset}. */
  ArchiveException failure(long offset, RlpException e) {
    return new ArchiveException(file.path(), "byte " + offset, e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw file.failure("byte " + position, e);
    }
  }
}
