package io.rekindle.merge.wire;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Appends values to a growing buffer. Numbers are variable-length, least significant bits first.
 */
public final class WireWriter {
  static final VarHandle LIMB =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer;
  private int size;

  public WireWriter() {
    this(4096);
  }

  /**
   * @param room bytes that are expected; more can come
   */
  public WireWriter(int room) {
    buffer = new byte[room];
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }

  public WireWriter flag(boolean value) {
    ensure(1);
    buffer[size++] = (byte) (value ? 1 : 0);
    return this;
  }

  /** An unsigned long, 7 bits a byte. */
  public WireWriter number(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  public WireWriter address(Address address) {
    ensure(20);
    address.toBytes(buffer, size);
    size += 20;
    return this;
  }

  public WireWriter hash(Hash hash) {
    ensure(32);
    hash.toBytes(buffer, size);
    size += 32;
    return this;
  }

  /** A length byte and the significant bytes, least significant first. */
  public WireWriter word(UInt256 word) {
    int length = (word.bitLength() + 7) >>> 3;
    ensure(33);
    buffer[size++] = (byte) length;
    // Whole limbs, into room that is there; what comes next overwrites the zeros.
    LIMB.set(buffer, size, word.limb0());
    if (length > 8) {
      LIMB.set(buffer, size + 8, word.limb1());
      LIMB.set(buffer, size + 16, word.limb2());
      LIMB.set(buffer, size + 24, word.limb3());
    }
    size += length;
    return this;
  }

  /** A word that may be null. */
  public WireWriter optionalWord(UInt256 word) {
    flag(word != null);
    return word == null ? this : word(word);
  }

  public WireWriter bytes(byte[] bytes) {
    number(bytes.length);
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    return this;
  }

  public WireWriter words(UInt256[] words) {
    number(words.length);
    for (UInt256 word : words) {
      word(word);
    }
    return this;
  }

  /** Bytes that are flat already. */
  public WireWriter raw(byte[] bytes, int from, int to) {
    ensure(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
    return this;
  }

  /** Starts a part that a reader may go past; the answer is for {@link #endPart}. */
  int startPart() {
    ensure(Integer.BYTES);
    size += Integer.BYTES;
    return size;
  }

  /** Ends a part: its length goes before it, four bytes, big-endian. */
  void endPart(int start) {
    int length = size - start;
    for (int i = 1; i <= Integer.BYTES; i++) {
      buffer[start - i] = (byte) length;
      length >>>= Byte.SIZE;
    }
  }

  public byte[] toBytes() {
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }
}
