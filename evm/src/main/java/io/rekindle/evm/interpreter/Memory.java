package io.rekindle.evm.interpreter;

import io.rekindle.evm.word.Words;
import java.util.Arrays;

/**
 * A frame's memory: bytes that grow by whole words against gas (Yellow Paper, appendix H) and read
 * as zero until written. The buffer is kept from frame to frame; growing clears what it uncovers.
 */
final class Memory {
  /** A buffer larger than this is given back when the next frame starts. */
  private static final int KEPT_CAPACITY = 1 << 20;

  /** No more than this can be held, whatever gas is there; 2^31 bytes cost over 8 * 10^12 gas. */
  private static final long LIMIT = Integer.MAX_VALUE - 64;

  private byte[] bytes = new byte[1024];
  private int size;

  /** Empties the memory for another frame. */
  void clear() {
    size = 0;
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[1024];
    }
  }

  /** Bytes in use, a multiple of 32. */
  int size() {
    return size;
  }

  /** The buffer; longer than {@link #size}, and replaced when memory grows. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Makes the range part of the memory, and charges for it.
   *
   * @return the gas left, or a negative number where it does not suffice
   */
  long grow(long gas, long offset, long length) {
    if (length == 0) {
      return gas;
    }
    long end = offset + length;
    if (end >= 0 && end <= size && offset >= 0) {
      return gas;
    }
    if (offset > LIMIT || length > LIMIT || end > LIMIT) {
      return -1;
    }
    return growTo(gas, end);
  }

  private long growTo(long gas, long end) {
    long words = (end + 31) >> 5;
    long left = gas - (cost(words) - cost(size >> 5));
    if (left >= 0) {
      int newSize = (int) (words << 5);
      if (newSize > bytes.length) {
        int capacity = (int) Math.min(Math.max(2L * bytes.length, newSize), LIMIT + 32);
        byte[] larger = new byte[capacity];
        System.arraycopy(bytes, 0, larger, 0, size);
        bytes = larger;
      } else {
        Arrays.fill(bytes, size, newSize, (byte) 0);
      }
      size = newSize;
    }
    return left;
  }

  private static long cost(long words) {
    return 3 * words + ((words * words) >> 9);
  }

  /** Reads a word that lies within the memory. */
  void load(int offset, long[] words, int at) {
    Words.ofBytes(bytes, offset, words, at);
  }

  /** Writes a word that lies within the memory. */
  void store(int offset, long[] words, int at) {
    Words.toBytes(words, at, bytes, offset);
  }

  void storeByte(int offset, long value) {
    bytes[offset] = (byte) value;
  }

  /**
   * Copies {@code length} bytes into the memory at {@code to}, from a view of {@code sourceLength}
   * bytes; what lies beyond the view is zero.
   */
  void copyIn(
      int to, int length, byte[] source, int sourceOffset, int sourceLength, long sourceFrom) {
    if (length == 0) {
      return;
    }
    int available = 0;
    if (sourceFrom >= 0 && sourceFrom < sourceLength) {
      available = (int) Math.min(length, sourceLength - sourceFrom);
      System.arraycopy(source, sourceOffset + (int) sourceFrom, bytes, to, available);
    }
    if (available < length) {
      Arrays.fill(bytes, to + available, to + length, (byte) 0);
    }
  }

  /** Copies within the memory; the ranges may overlap (MCOPY). */
  void move(int to, int from, int length) {
    System.arraycopy(bytes, from, bytes, to, length);
  }

  /** A copy of a range within the memory. */
  byte[] slice(int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }
}
