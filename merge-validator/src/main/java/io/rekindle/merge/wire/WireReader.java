package io.rekindle.merge.wire;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.Objects;

/** Reads what {@link WireWriter} wrote, in the same order. */
public final class WireReader {
  private static final int WORD = 32;

  private final byte[] buffer;
  private int at;

  public WireReader(byte[] buffer) {
    this.buffer = buffer;
  }

  public boolean flag() {
    return buffer[at++] != 0;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = buffer[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  public int count() {
    return Math.toIntExact(number());
  }

  public Address address() {
    at += 20;
    return Address.ofBytes(buffer, at - 20);
  }

  public Hash hash() {
    at += 32;
    return Hash.ofBytes(buffer, at - 32);
  }

  public UInt256 word() {
    int length = Objects.checkIndex(buffer[at++], WORD + 1);
    int start = at;
    at += length;
    if (start + WORD > buffer.length) {
      return UInt256.ofLimbs(lastLimbs(start, length), 0);
    }
    return length <= Long.BYTES
        ? UInt256.of(limb(start, length))
        : UInt256.of(
            limb(start + 24, length - 24),
            limb(start + 16, length - 16),
            limb(start + 8, length - 8),
            (long) WireWriter.LIMB.get(buffer, start));
  }

  /** A limb of which so many bytes are there; those beyond are of what comes next. */
  private long limb(int start, int length) {
    if (length <= 0) {
      return 0;
    }
    long limb = (long) WireWriter.LIMB.get(buffer, start);
    return length >= Long.BYTES ? limb : limb & ((1L << (Byte.SIZE * length)) - 1);
  }

  /** The limbs of a word so near to the end that whole ones would reach beyond it. */
  private long[] lastLimbs(int start, int length) {
    long[] limbs = new long[4];
    for (int i = 0; i < length; i++) {
      limbs[i >>> 3] |= (buffer[start + i] & 0xffL) << (8 * (i & 7));
    }
    return limbs;
  }

  public UInt256 optionalWord() {
    return flag() ? word() : null;
  }

  public byte[] bytes() {
    int length = count();
    at += length;
    return Arrays.copyOfRange(buffer, at - length, at);
  }

  public UInt256[] words() {
    UInt256[] words = new UInt256[count()];
    for (int i = 0; i < words.length; i++) {
      words[i] = word();
    }
    return words;
  }

  /** Where the next value starts. */
  int position() {
    return at;
  }

  /** Starts a part; its length in bytes. */
  int startPart() {
    int length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length = (length << Byte.SIZE) | (buffer[at++] & 0xff);
    }
    return length;
  }

  /** Goes past a part. */
  void skipPart() {
    int length = startPart();
    at = Math.addExact(at, length);
  }

  public boolean atEnd() {
    return at == buffer.length;
  }
}
