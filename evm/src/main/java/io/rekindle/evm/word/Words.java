package io.rekindle.evm.word;

import java.lang.invoke.VarHandle;

/**
 * Arithmetic on 256-bit words that lie in arrays of limbs: a word is four longs from an offset on,
 * the least significant first. This is what the interpreter's stack is made of; nothing here
 * allocates. An operation reads its operands whole before it writes, so that the result may take
 * the place of an operand. Division is in {@link Division}, which needs working space.
 */
public final class Words {
  private static final VarHandle BIG_ENDIAN = UInt256.BIG_ENDIAN;

  private Words() {}

  // ---------------------------------------------------------------- moving

  /** Sets the word to an unsigned 64-bit value. */
  public static void set(long[] words, int at, long value) {
    words[at] = value;
    words[at + 1] = 0;
    words[at + 2] = 0;
    words[at + 3] = 0;
  }

  /** Sets the word from limbs, most significant first. */
  public static void set(long[] words, int at, long limb3, long limb2, long limb1, long limb0) {
    words[at] = limb0;
    words[at + 1] = limb1;
    words[at + 2] = limb2;
    words[at + 3] = limb3;
  }

  public static void copy(long[] from, int at, long[] to, int toAt) {
    to[toAt] = from[at];
    to[toAt + 1] = from[at + 1];
    to[toAt + 2] = from[at + 2];
    to[toAt + 3] = from[at + 3];
  }

  /** Exchanges two words. */
  public static void swap(long[] words, int a, int b) {
    long limb0 = words[a];
    long limb1 = words[a + 1];
    long limb2 = words[a + 2];
    long limb3 = words[a + 3];
    copy(words, b, words, a);
    set(words, b, limb3, limb2, limb1, limb0);
  }

  /** Reads 32 big-endian bytes. */
  public static void ofBytes(byte[] bytes, int offset, long[] words, int at) {
    words[at + 3] = (long) BIG_ENDIAN.get(bytes, offset);
    words[at + 2] = (long) BIG_ENDIAN.get(bytes, offset + 8);
    words[at + 1] = (long) BIG_ENDIAN.get(bytes, offset + 16);
    words[at] = (long) BIG_ENDIAN.get(bytes, offset + 24);
  }

  /** Writes 32 big-endian bytes. */
  public static void toBytes(long[] words, int at, byte[] bytes, int offset) {
    BIG_ENDIAN.set(bytes, offset, words[at + 3]);
    BIG_ENDIAN.set(bytes, offset + 8, words[at + 2]);
    BIG_ENDIAN.set(bytes, offset + 16, words[at + 1]);
    BIG_ENDIAN.set(bytes, offset + 24, words[at]);
  }

  /** Eight big-endian bytes as a long. */
  public static long longAt(byte[] bytes, int offset) {
    return (long) BIG_ENDIAN.get(bytes, offset);
  }

  public static void ofAddress(Address address, long[] words, int at) {
    words[at] = address.limb0();
    words[at + 1] = address.limb1();
    words[at + 2] = address.limb2();
    words[at + 3] = 0;
  }

  public static void ofHash(Hash hash, long[] words, int at) {
    set(words, at, hash.limb3(), hash.limb2(), hash.limb1(), hash.limb0());
  }

  public static Hash toHash(long[] words, int at) {
    return Hash.of(words[at + 3], words[at + 2], words[at + 1], words[at]);
  }

  // ---------------------------------------------------------------- looking

  public static boolean isZero(long[] words, int at) {
    return (words[at] | words[at + 1] | words[at + 2] | words[at + 3]) == 0;
  }

  public static boolean equal(long[] a, int at, long[] b, int bAt) {
    return ((a[at] ^ b[bAt])
            | (a[at + 1] ^ b[bAt + 1])
            | (a[at + 2] ^ b[bAt + 2])
            | (a[at + 3] ^ b[bAt + 3]))
        == 0;
  }

  /** The value as a signed long, or {@link Long#MAX_VALUE} where it is larger. */
  public static long toLongSaturated(long[] words, int at) {
    long low = words[at];
    return (words[at + 1] | words[at + 2] | words[at + 3]) == 0 && low >= 0 ? low : Long.MAX_VALUE;
  }

  /** Negative, zero or positive as the unsigned word {@code a} is below, at or above {@code b}. */
  public static int compare(long[] a, int at, long[] b, int bAt) {
    for (int limb = 3; limb >= 0; limb--) {
      long x = a[at + limb];
      long y = b[bAt + limb];
      if (x != y) {
        return x + Long.MIN_VALUE < y + Long.MIN_VALUE ? -1 : 1;
      }
    }
    return 0;
  }

  /** As {@link #compare}, of two's complement words. */
  public static int compareSigned(long[] a, int at, long[] b, int bAt) {
    long x = a[at + 3];
    long y = b[bAt + 3];
    return x != y ? (x < y ? -1 : 1) : compare(a, at, b, bAt);
  }

  /** 1 + the index of the highest set bit; 0 for zero. */
  public static int bitLength(long[] words, int at) {
    for (int limb = 3; limb >= 0; limb--) {
      long value = words[at + limb];
      if (value != 0) {
        return 64 * limb + 64 - Long.numberOfLeadingZeros(value);
      }
    }
    return 0;
  }

  // ---------------------------------------------------------------- arithmetic

  /** {@code to = a + b} modulo 2^256. */
  public static void add(long[] words, int a, int b, int to) {
    long a1 = words[a + 1];
    long a2 = words[a + 2];
    long b1 = words[b + 1];
    long b2 = words[b + 2];
    long r0 = words[a] + words[b];
    long c = carry(words[a], words[b], r0);
    long r1 = a1 + b1 + c;
    c = carry(a1, b1, r1);
    long r2 = a2 + b2 + c;
    c = carry(a2, b2, r2);
    words[to + 3] = words[a + 3] + words[b + 3] + c;
    words[to + 2] = r2;
    words[to + 1] = r1;
    words[to] = r0;
  }

  /**
   * The carry out of a + b (+ 1) = sum; also the borrow out of sum - a = b.
   *
   * <p>Bits are computed, which takes the same time whatever they are: {@link #below} is for
   * carries that are about as often one as zero, this for all others.
   */
  static long carry(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  /** The borrow out of a - b (- 1) = difference. */
  static long borrow(long a, long b, long difference) {
    return ((~a & b) | ((~a | b) & difference)) >>> 63;
  }

  /** {@code to = a - b} modulo 2^256. */
  public static void subtract(long[] words, int a, int b, int to) {
    long a1 = words[a + 1];
    long a2 = words[a + 2];
    long b1 = words[b + 1];
    long b2 = words[b + 2];
    long r0 = words[a] - words[b];
    long c = borrow(words[a], words[b], r0);
    long r1 = a1 - b1 - c;
    c = borrow(a1, b1, r1);
    long r2 = a2 - b2 - c;
    c = borrow(a2, b2, r2);
    words[to + 3] = words[a + 3] - words[b + 3] - c;
    words[to + 2] = r2;
    words[to + 1] = r1;
    words[to] = r0;
  }

  /** {@code word = -word} modulo 2^256. */
  public static void negate(long[] words, int at) {
    long carry = 1;
    for (int limb = 0; limb < 4; limb++) {
      long inverted = ~words[at + limb];
      long sum = inverted + carry;
      carry = carry == 1 && sum == 0 ? 1 : 0;
      words[at + limb] = sum;
    }
  }

  /** The high 64 bits of the unsigned product. */
  static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** {@code to = a * b} modulo 2^256. */
  public static void multiply(long[] words, int a, int b, int to) {
    long a0 = words[a];
    long b0 = words[b];
    long a1 = words[a + 1];
    long b1 = words[b + 1];
    long a2 = words[a + 2];
    long b2 = words[b + 2];
    long a3 = words[a + 3];
    long b3 = words[b + 3];
    long r1 = multiplyHigh(a0, b0);
    if ((a1 | a2 | a3 | b1 | b2 | b3) == 0) {
      set(words, to, 0, 0, r1, a0 * b0);
      return;
    }
    // Column by column; the columns' carries go to the next but one as well.
    long low = a0 * b1;
    long sum = r1 + low;
    long r2 = multiplyHigh(a0, b1) + carry(r1, low, sum);
    low = a1 * b0;
    r1 = sum + low;
    long high = multiplyHigh(a1, b0) + carry(sum, low, r1);
    sum = r2 + high;
    long r3 = carry(r2, high, sum) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
    low = a0 * b2;
    r2 = sum + low;
    r3 += multiplyHigh(a0, b2) + carry(sum, low, r2);
    low = a1 * b1;
    sum = r2 + low;
    r3 += multiplyHigh(a1, b1) + carry(r2, low, sum);
    low = a2 * b0;
    r2 = sum + low;
    r3 += multiplyHigh(a2, b0) + carry(sum, low, r2);
    set(words, to, r3, r2, r1, a0 * b0);
  }

  /**
   * 1 where a is below b, unsigned: the carry of a sum that came out as a.
   *
   * <p>HotSpot makes a conditional move of it, faster than {@link #carry}, or a jump, which costs
   * more than a multiplication where it is not foreseen; which one depends on how often the answer
   * was 1 in its first thousands of calls, all callers together. Below 18 in 100 it is a jump. So
   * it is not for carries that are seldom; the carries of long division must stay apart from what
   * most programs do, and {@link Power} has a copy of its own.
   */
  static long below(long a, long b) {
    return a + Long.MIN_VALUE < b + Long.MIN_VALUE ? 1 : 0;
  }

  /**
   * Extends the sign of the word at {@code value}, whose lowest {@code size + 1} bytes count
   * (SIGNEXTEND); a size of 31 or more changes nothing.
   */
  public static void signExtend(long[] words, int value, long size) {
    if (size < 0 || size >= 31) {
      return;
    }
    int bit = (int) size * 8 + 7;
    int limb = bit >> 6;
    int shift = 63 - (bit & 63);
    long extended = words[value + limb] << shift >> shift;
    words[value + limb] = extended;
    for (int above = limb + 1; above < 4; above++) {
      words[value + above] = extended >> 63;
    }
  }

  // ---------------------------------------------------------------- bits

  /** Shifts left by {@code 0..255} bits, in place. */
  public static void shiftLeft(long[] words, int at, int bits) {
    int limbs = bits >> 6;
    int within = bits & 63;
    for (int limb = 3; limb >= 0; limb--) {
      int from = limb - limbs;
      long high = from >= 0 ? words[at + from] : 0;
      long low = from >= 1 ? words[at + from - 1] : 0;
      // Shifting by one first keeps a shift of 64 from being a shift of none.
      words[at + limb] = high << within | low >>> 1 >>> (63 - within);
    }
  }

  /** Shifts right by {@code 0..255} bits, in place; zeros come in. */
  public static void shiftRight(long[] words, int at, int bits) {
    shiftRight(words, at, bits, 0);
  }

  /** Shifts right by {@code 0..255} bits, in place; copies of the sign come in (SAR). */
  public static void shiftRightSigned(long[] words, int at, int bits) {
    shiftRight(words, at, bits, words[at + 3] >> 63);
  }

  private static void shiftRight(long[] words, int at, int bits, long fill) {
    int limbs = bits >> 6;
    int within = bits & 63;
    for (int limb = 0; limb < 4; limb++) {
      int from = limb + limbs;
      long low = from < 4 ? words[at + from] : fill;
      long high = from < 3 ? words[at + from + 1] : fill;
      words[at + limb] = low >>> within | high << 1 << (63 - within);
    }
  }

  /** The byte at {@code index}, counted from the most significant; 0 from 32 on (BYTE). */
  public static long byteAt(long[] words, int at, long index) {
    if (index < 0 || index >= 32) {
      return 0;
    }
    int fromLow = 31 - (int) index;
    return words[at + (fromLow >> 3)] >>> ((fromLow & 7) * 8) & 0xff;
  }
}
