package io.rekindle.evm.precompile;

import java.math.BigInteger;
import java.util.Arrays;

/** Reads call data as precompiles see it: endless, with zeros after its last byte. */
final class Input {
  private Input() {}

  /** {@code length} bytes from {@code offset}, zeros where the input has ended. */
  static byte[] slice(byte[] input, long offset, int length) {
    byte[] out = new byte[length];
    if (offset < input.length) {
      int from = (int) offset;
      System.arraycopy(input, from, out, 0, Math.min(length, input.length - from));
    }
    return out;
  }

  /** An unsigned big-endian number of {@code length} bytes at {@code offset}. */
  static BigInteger number(byte[] input, long offset, int length) {
    if (offset >= input.length || length == 0) {
      return BigInteger.ZERO;
    }
    int available = Math.min(length, input.length - (int) offset);
    BigInteger head = new BigInteger(1, input, (int) offset, available);
    return head.shiftLeft(8 * (length - available));
  }

  /** The number as exactly {@code length} big-endian bytes; it must fit. */
  static byte[] bytes(BigInteger number, int length) {
    byte[] raw = number.toByteArray();
    byte[] out = new byte[length];
    int from = Math.max(0, raw.length - length);
    System.arraycopy(raw, from, out, length - (raw.length - from), raw.length - from);
    return out;
  }

  /** The 32-byte word 0 or 1. */
  static byte[] flag(boolean set) {
    byte[] out = new byte[32];
    out[31] = (byte) (set ? 1 : 0);
    return out;
  }

  /** Whether {@code length} bytes from {@code offset} are all zero. */
  static boolean isZero(byte[] bytes, int offset, int length) {
    return Arrays.mismatch(bytes, offset, offset + length, ZEROS, 0, length) < 0;
  }

  private static final byte[] ZEROS = new byte[256];
}
