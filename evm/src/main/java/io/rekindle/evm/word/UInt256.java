package io.rekindle.evm.word;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * An unsigned 256-bit integer, immutable: the value of a balance, a storage slot's key or a storage
 * slot's content outside the interpreter's loop. Four 64-bit limbs, {@code limb0} the least
 * significant. The interpreter works on arrays of limbs in the same order, see {@link Words}.
 */
public final class UInt256 implements Comparable<UInt256> {
  static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  public static final UInt256 ZERO = new UInt256(0, 0, 0, 0);
  public static final UInt256 ONE = new UInt256(0, 0, 0, 1);
  public static final UInt256 MAX = new UInt256(-1, -1, -1, -1);

  private final long limb3;
  private final long limb2;
  private final long limb1;
  private final long limb0;

  private UInt256(long limb3, long limb2, long limb1, long limb0) {
    this.limb3 = limb3;
    this.limb2 = limb2;
    this.limb1 = limb1;
    this.limb0 = limb0;
  }

  /** From four limbs, most significant first. */
  public static UInt256 of(long limb3, long limb2, long limb1, long limb0) {
    if ((limb3 | limb2 | limb1) == 0) {
      if (limb0 == 0) {
        return ZERO;
      }
      if (limb0 == 1) {
        return ONE;
      }
    }
    return new UInt256(limb3, limb2, limb1, limb0);
  }

  /** From an unsigned 64-bit value. */
  public static UInt256 of(long unsigned) {
    return of(0, 0, 0, unsigned);
  }

  /** From four limbs at {@code offset}, least significant first. */
  public static UInt256 ofLimbs(long[] limbs, int offset) {
    return of(limbs[offset + 3], limbs[offset + 2], limbs[offset + 1], limbs[offset]);
  }

  /**
   * From big-endian bytes.
   *
   * @throws IllegalArgumentException where there are more than 32
   */
  public static UInt256 ofBytes(byte[] bigEndian) {
    if (bigEndian.length > 32) {
      throw new IllegalArgumentException("more than 32 bytes: " + bigEndian.length);
    }
    byte[] padded = bigEndian;
    if (padded.length < 32) {
      padded = new byte[32];
      System.arraycopy(bigEndian, 0, padded, 32 - bigEndian.length, bigEndian.length);
    }
    return ofBytes32(padded, 0);
  }

  /** From 32 big-endian bytes at {@code offset}. */
  public static UInt256 ofBytes32(byte[] bytes, int offset) {
    return of(
        (long) BIG_ENDIAN.get(bytes, offset),
        (long) BIG_ENDIAN.get(bytes, offset + 8),
        (long) BIG_ENDIAN.get(bytes, offset + 16),
        (long) BIG_ENDIAN.get(bytes, offset + 24));
  }

  /** From hexadecimal digits, with or without 0x, up to 64 after leading zeros. */
  public static UInt256 ofHex(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    int start = 0;
    while (digits.length() - start > 64 && digits.charAt(start) == '0') {
      start++;
    }
    return ofBytes(Hex.decode(digits.substring(start)));
  }

  /**
   * @throws IllegalArgumentException where the value is negative or does not fit 256 bits
   */
  public static UInt256 of(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not an unsigned 256-bit value: " + value);
    }
    return of(
        value.shiftRight(192).longValue(),
        value.shiftRight(128).longValue(),
        value.shiftRight(64).longValue(),
        value.longValue());
  }

  public static UInt256 ofHash(Hash hash) {
    return of(hash.limb3(), hash.limb2(), hash.limb1(), hash.limb0());
  }

  public static UInt256 ofAddress(Address address) {
    return of(0, address.limb2(), address.limb1(), address.limb0());
  }

  public long limb3() {
    return limb3;
  }

  public long limb2() {
    return limb2;
  }

  public long limb1() {
    return limb1;
  }

  public long limb0() {
    return limb0;
  }

  /** Writes the four limbs at {@code offset}, least significant first. */
  public void toLimbs(long[] limbs, int offset) {
    limbs[offset] = limb0;
    limbs[offset + 1] = limb1;
    limbs[offset + 2] = limb2;
    limbs[offset + 3] = limb3;
  }

  /** Writes 32 big-endian bytes at {@code offset}. */
  public void toBytes(byte[] bytes, int offset) {
    BIG_ENDIAN.set(bytes, offset, limb3);
    BIG_ENDIAN.set(bytes, offset + 8, limb2);
    BIG_ENDIAN.set(bytes, offset + 16, limb1);
    BIG_ENDIAN.set(bytes, offset + 24, limb0);
  }

  /** 32 big-endian bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[32];
    toBytes(bytes, 0);
    return bytes;
  }

  /** Big-endian bytes without leading zeros; none for zero. This is RLP's form of a number. */
  public byte[] toMinimalBytes() {
    int length = (bitLength() + 7) / 8;
    byte[] bytes = new byte[length];
    System.arraycopy(toBytes(), 32 - length, bytes, 0, length);
    return bytes;
  }

  public int bitLength() {
    if (limb3 != 0) {
      return 256 - Long.numberOfLeadingZeros(limb3);
    }
    if (limb2 != 0) {
      return 192 - Long.numberOfLeadingZeros(limb2);
    }
    if (limb1 != 0) {
      return 128 - Long.numberOfLeadingZeros(limb1);
    }
    return 64 - Long.numberOfLeadingZeros(limb0);
  }

  public boolean isZero() {
    return (limb0 | limb1 | limb2 | limb3) == 0;
  }

  /** Whether the value fits an unsigned 64-bit limb. */
  public boolean fitsLong() {
    return (limb1 | limb2 | limb3) == 0;
  }

  /** The value as a signed long, or {@link Long#MAX_VALUE} where it is larger. */
  public long toLongSaturated() {
    return fitsLong() && limb0 >= 0 ? limb0 : Long.MAX_VALUE;
  }

  /** The sum modulo 2^256. */
  public UInt256 add(UInt256 other) {
    long r0 = limb0 + other.limb0;
    long carry = carry(limb0, other.limb0, r0);
    long s1 = limb1 + other.limb1;
    long r1 = s1 + carry;
    carry = carry(limb1, other.limb1, s1) | carry(s1, carry, r1);
    long s2 = limb2 + other.limb2;
    long r2 = s2 + carry;
    carry = carry(limb2, other.limb2, s2) | carry(s2, carry, r2);
    return of(limb3 + other.limb3 + carry, r2, r1, r0);
  }

  /** The difference modulo 2^256. */
  public UInt256 subtract(UInt256 other) {
    long r0 = limb0 - other.limb0;
    long borrow = Long.compareUnsigned(limb0, other.limb0) < 0 ? 1 : 0;
    long r1 = limb1 - other.limb1 - borrow;
    borrow = borrow(limb1, other.limb1, borrow);
    long r2 = limb2 - other.limb2 - borrow;
    borrow = borrow(limb2, other.limb2, borrow);
    return of(limb3 - other.limb3 - borrow, r2, r1, r0);
  }

  /** The product modulo 2^256. */
  public UInt256 multiply(UInt256 other) {
    if ((limb1 | limb2 | limb3 | other.limb1 | other.limb2 | other.limb3) == 0) {
      return of(0, 0, Words.multiplyHigh(limb0, other.limb0), limb0 * other.limb0);
    }
    long[] factors = new long[8];
    toLimbs(factors, 0);
    other.toLimbs(factors, 4);
    Words.multiply(factors, 0, 4, 0);
    return ofLimbs(factors, 0);
  }

  /** The product modulo 2^256 with an unsigned 64-bit factor. */
  public UInt256 multiply(long factor) {
    return multiply(of(factor));
  }

  private static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  private static long borrow(long a, long b, long borrow) {
    int order = Long.compareUnsigned(a, b);
    return order < 0 || (order == 0 && borrow != 0) ? 1 : 0;
  }

  @Override
  public int compareTo(UInt256 other) {
    int order = Long.compareUnsigned(limb3, other.limb3);
    if (order == 0) {
      order = Long.compareUnsigned(limb2, other.limb2);
    }
    if (order == 0) {
      order = Long.compareUnsigned(limb1, other.limb1);
    }
    return order == 0 ? Long.compareUnsigned(limb0, other.limb0) : order;
  }

  public BigInteger toBigInteger() {
    return new BigInteger(1, toBytes());
  }

  /** 0x and 64 digits. */
  public String toHex() {
    return Hex.encode(toBytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UInt256 that
        && limb0 == that.limb0
        && limb1 == that.limb1
        && limb2 == that.limb2
        && limb3 == that.limb3;
  }

  @Override
  public int hashCode() {
    return Mix.fold(limb0, limb1, limb2, limb3);
  }

  /** Decimal. */
  @Override
  public String toString() {
    return toBigInteger().toString();
  }
}
