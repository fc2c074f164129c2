package io.rekindle.evm.rlp;

import io.rekindle.evm.rlp.RlpException.Problem;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * Reads items one after the other from a region of a byte array, which it does not copy and which
 * must not change meanwhile. Every method consumes one item and throws {@link RlpException}, naming
 * the field, where the item is not canonical or not what was asked for. Not safe for threads.
 */
public final class RlpReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  /** Payload of the item opened last. */
  private int start;

  private int length;

  private RlpReader(byte[] bytes, int offset, int end) {
    this.bytes = bytes;
    this.position = offset;
    this.end = end;
  }

  public static RlpReader of(byte[] bytes) {
    return new RlpReader(bytes, 0, bytes.length);
  }

  /** Over the items in {@code length} bytes at {@code offset}. */
  public static RlpReader of(byte[] bytes, int offset, int length) {
    if ((offset | length) < 0 || length > bytes.length - offset) {
      throw new IndexOutOfBoundsException(
          offset + " and " + length + " bytes of an array of " + bytes.length);
    }
    return new RlpReader(bytes, offset, offset + length);
  }

  /** Whether an item is left. */
  public boolean hasNext() {
    return position < end;
  }

  /** Where the next item starts in the array. */
  public int position() {
    return position;
  }

  /** Whether the next item is a list; false where none is left. */
  public boolean nextIsList() {
    return position < end && (bytes[position] & 0xff) >= 0xc0;
  }

  /** A reader over the items of a list. */
  public RlpReader list(String field) {
    int offset = position;
    if (!open(field)) {
      throw new RlpException(
          Problem.UNEXPECTED_STRING, field, offset, "a string where a list should stand");
    }
    return new RlpReader(bytes, start, start + length);
  }

  /**
   * Says that nothing may be left.
   *
   * @param field the name of the list or input that ends here
   */
  public void end(String field) {
    if (position != end) {
      throw new RlpException(
          Problem.TRAILING, field, position, (end - position) + " bytes too many");
    }
  }

  /** A string of any length, copied. */
  public byte[] bytes(String field) {
    string(field);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** A string of the given length, copied. */
  public byte[] bytes(String field, int size) {
    sized(field, size);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** A string's payload as a region; its items can be read if they are RLP. */
  public RlpReader region(String field) {
    string(field);
    return new RlpReader(bytes, start, start + length);
  }

  /** The number of bytes left. */
  public int remaining() {
    return end - position;
  }

  /** The array that is read; not to be changed. */
  public byte[] array() {
    return bytes;
  }

  /** The next byte, outside of RLP, such as the type in front of a typed transaction. */
  public int rawByte(String field) {
    if (position >= end) {
      throw truncated(field, position);
    }
    return bytes[position++] & 0xff;
  }

  /** The next item with its prefix, whatever it is, copied. Only its own prefix is checked. */
  public byte[] raw(String field) {
    int offset = position;
    open(field);
    return Arrays.copyOfRange(bytes, offset, position);
  }

  /** Consumes the next item, whatever it is. Only its own prefix is checked. */
  public void skip(String field) {
    open(field);
  }

  /** A string of 32 bytes. */
  public Hash hash(String field) {
    sized(field, 32);
    return Hash.ofBytes(bytes, start);
  }

  /** A string of 20 bytes. */
  public Address address(String field) {
    sized(field, 20);
    return Address.ofBytes(bytes, start);
  }

  /** A string of 20 bytes, or null for an empty one. */
  public Address addressOrNull(String field) {
    if (position < end && bytes[position] == (byte) 0x80) {
      position++;
      return null;
    }
    return address(field);
  }

  /** An integer of up to 8 bytes, unsigned. */
  public long uint64(String field) {
    integer(field, 8);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | (bytes[start + i] & 0xff);
    }
    return value;
  }

  /** An integer of at most {@code max}, which is not negative. */
  public int uint(String field, int max) {
    int offset = position;
    long value = uint64(field);
    if (value < 0 || value > max) {
      throw new RlpException(
          Problem.OVERFLOW, field, offset, Long.toUnsignedString(value) + " is more than " + max);
    }
    return (int) value;
  }

  /** An integer of up to 32 bytes. */
  public UInt256 uint256(String field) {
    integer(field, 32);
    return UInt256.of(limb(3), limb(2), limb(1), limb(0));
  }

  private long limb(int index) {
    int last = start + length - 8 * index;
    int first = Math.max(start, last - 8);
    long value = 0;
    for (int i = first; i < last; i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  private void integer(String field, int max) {
    int offset = position;
    string(field);
    if (length > 0 && bytes[start] == 0) {
      throw notCanonical(field, offset, "an integer with a leading zero");
    }
    if (length > max) {
      throw new RlpException(
          Problem.OVERFLOW,
          field,
          offset,
          "an integer of " + length + " bytes where " + max + " fit");
    }
  }

  private void sized(String field, int size) {
    int offset = position;
    string(field);
    if (length != size) {
      throw new RlpException(
          Problem.WRONG_SIZE, field, offset, length + " bytes where " + size + " should stand");
    }
  }

  private void string(String field) {
    int offset = position;
    if (open(field)) {
      throw new RlpException(
          Problem.UNEXPECTED_LIST, field, offset, "a list where a string should stand");
    }
  }

  /** Opens the next item: sets its payload, moves behind it, and says whether it is a list. */
  private boolean open(String field) {
    int offset = position;
    if (offset >= end) {
      throw truncated(field, offset);
    }
    int prefix = bytes[offset] & 0xff;
    if (prefix < 0x80) {
      start = offset;
      length = 1;
    } else {
      boolean list = prefix >= 0xc0;
      int size = prefix - (list ? 0xc0 : 0x80);
      start = offset + 1;
      length = size <= 55 ? size : longLength(field, offset, size - 55);
      if (length > end - start) {
        throw truncated(field, offset);
      }
      if (prefix == 0x81 && bytes[start] >= 0) {
        throw notCanonical(field, offset, "a prefix for a byte that is its own encoding");
      }
    }
    position = start + length;
    return prefix >= 0xc0;
  }

  /** The length behind a prefix that gives the length of the length. */
  private int longLength(String field, int offset, int lengthOfLength) {
    if (lengthOfLength > end - start) {
      throw truncated(field, offset);
    }
    if (bytes[start] == 0) {
      throw notCanonical(field, offset, "a length with a leading zero");
    }
    if (lengthOfLength > 4) {
      throw truncated(field, offset);
    }
    long value = 0;
    for (int i = 0; i < lengthOfLength; i++) {
      value = (value << 8) | (bytes[start + i] & 0xff);
    }
    if (value <= 55) {
      throw notCanonical(field, offset, "the long form for a length of " + value);
    }
    start += lengthOfLength;
    if (value > end - start) {
      throw truncated(field, offset);
    }
    return (int) value;
  }

  private static RlpException notCanonical(String field, int offset, String detail) {
    return new RlpException(Problem.NOT_CANONICAL, field, offset, detail);
  }

  private static RlpException truncated(String field, int offset) {
    return new RlpException(
        Problem.TRUNCATED, field, offset, "the input or list ends before the item does");
  }
}
