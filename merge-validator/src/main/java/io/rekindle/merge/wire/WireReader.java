package io.rekindle.merge.wire;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/** Reads what {@link WireWriter} wrote, in the same order. */
public final class WireReader {
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
    int length = buffer[at++];
    long[] limbs = new long[4];
    for (int i = 0; i < length; i++) {
      limbs[i >>> 3] |= (buffer[at++] & 0xffL) << (8 * (i & 7));
    }
    return UInt256.ofLimbs(limbs, 0);
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
