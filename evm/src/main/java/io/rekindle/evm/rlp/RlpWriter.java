package io.rekindle.evm.rlp;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * Writes items one after the other into a growing buffer. A list is written between {@link
 * #startList} and {@link #endList}; its length is known only at the end, so one byte is left for
 * the prefix and the payload is moved where the prefix needs more. Not safe for threads.
 */
public final class RlpWriter {
  private byte[] buffer;
  private int size;

  public RlpWriter() {
    this(512);
  }

  /**
   * @param capacity bytes that fit before the buffer grows
   */
  public RlpWriter(int capacity) {
    buffer = new byte[Math.max(capacity, 64)];
  }

  /** The bytes written, copied. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** How many bytes are written. */
  public int size() {
    return size;
  }

  /** The buffer, of which the first {@link #size} bytes are written; valid until the next write. */
  public byte[] array() {
    return buffer;
  }

  /** Starts anew and keeps the buffer. */
  public RlpWriter reset() {
    size = 0;
    return this;
  }

  /** Opens a list; what is returned goes to {@link #endList}. */
  public int startList() {
    ensure(1);
    return size++;
  }

  /** Closes the list that was opened where {@code start} was returned. */
  public RlpWriter endList(int start) {
    int length = size - start - 1;
    if (length <= 55) {
      buffer[start] = (byte) (0xc0 + length);
      return this;
    }
    int lengthOfLength = byteLength(length);
    ensure(lengthOfLength);
    System.arraycopy(buffer, start + 1, buffer, start + 1 + lengthOfLength, length);
    buffer[start] = (byte) (0xf7 + lengthOfLength);
    putBigEndian(start + 1, length, lengthOfLength);
    size += lengthOfLength;
    return this;
  }

  public RlpWriter bytes(byte[] string) {
    return bytes(string, 0, string.length);
  }

  /** A string of {@code length} bytes at {@code offset}. */
  public RlpWriter bytes(byte[] string, int offset, int length) {
    ensure(length + 5);
    if (length != 1 || string[offset] < 0) {
      prefix(0x80, length);
    }
    System.arraycopy(string, offset, buffer, size, length);
    size += length;
    return this;
  }

  /** An item that is encoded already, or a byte outside of RLP. */
  public RlpWriter raw(byte[] encoded) {
    ensure(encoded.length);
    System.arraycopy(encoded, 0, buffer, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /** A byte outside of RLP, such as the type in front of a typed transaction. */
  public RlpWriter rawByte(int value) {
    ensure(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /** An unsigned integer without leading zeros. */
  public RlpWriter uint64(long value) {
    ensure(9);
    if (value >= 0 && value < 0x80) {
      buffer[size++] = value == 0 ? (byte) 0x80 : (byte) value;
      return this;
    }
    int length = byteLength(value);
    buffer[size++] = (byte) (0x80 + length);
    putBigEndian(size, value, length);
    size += length;
    return this;
  }

  /** An integer without leading zeros. */
  public RlpWriter uint256(UInt256 value) {
    if (value.fitsLong()) {
      return uint64(value.limb0());
    }
    ensure(33);
    int length = (value.bitLength() + 7) / 8;
    buffer[size++] = (byte) (0x80 + length);
    int top = (length - 1) / 8;
    int topLength = length - 8 * top;
    putBigEndian(size, limb(value, top), topLength);
    size += topLength;
    for (int i = top - 1; i >= 0; i--) {
      putBigEndian(size, limb(value, i), 8);
      size += 8;
    }
    return this;
  }

  /** A string of 32 bytes. */
  public RlpWriter hash(Hash hash) {
    ensure(33);
    buffer[size] = (byte) 0xa0;
    hash.toBytes(buffer, size + 1);
    size += 33;
    return this;
  }

  /** A string of 20 bytes. */
  public RlpWriter address(Address address) {
    ensure(21);
    buffer[size] = (byte) 0x94;
    address.toBytes(buffer, size + 1);
    size += 21;
    return this;
  }

  /** A string of 20 bytes, or an empty one for null. */
  public RlpWriter addressOrEmpty(Address address) {
    return address == null ? rawByte(0x80) : address(address);
  }

  private static long limb(UInt256 value, int index) {
    return switch (index) {
      case 0 -> value.limb0();
      case 1 -> value.limb1();
      case 2 -> value.limb2();
      default -> value.limb3();
    };
  }

  private void prefix(int base, int length) {
    if (length <= 55) {
      buffer[size++] = (byte) (base + length);
      return;
    }
    int lengthOfLength = byteLength(length);
    buffer[size++] = (byte) (base + 55 + lengthOfLength);
    putBigEndian(size, length, lengthOfLength);
    size += lengthOfLength;
  }

  private static int byteLength(long value) {
    return (71 - Long.numberOfLeadingZeros(value)) / 8;
  }

  private void putBigEndian(int offset, long value, int length) {
    for (int i = 0; i < length; i++) {
      buffer[offset + i] = (byte) (value >>> (8 * (length - 1 - i)));
    }
  }

  private void ensure(int more) {
    if (more > buffer.length - size) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
