package io.rekindle.evm.word;

/**
 * Powers of words in arrays of limbs, modulo 2^256 (EXP).
 *
 * <p>Square and multiply from the exponent's highest bit down. Each step needs the result of the
 * one before, so the limbs stay in locals; products are summed column by column, and what lies
 * beyond 2^256 is not computed: a square takes ten of the processor's multiplications, a product
 * sixteen. A base that is a power of two, which compilers used for shifts, takes none; nor does a
 * power that ends in 256 zeros, such as an even base to 256 or more. Sliding windows were tried: at
 * the 16 bits of common exponents they cost more than the products they save. Five limbs of 52 bits
 * take as long as four of 64: they need no carries, but half as many multiplications again. So does
 * going from the lowest bit up, where a product need not wait for the square.
 */
public final class Power {
  private Power() {}

  /** {@code to = base ^ exponent} modulo 2^256; 0 ^ 0 is 1. */
  public static void raise(long[] words, int base, int exponent, int to) {
    int bits = Words.bitLength(words, exponent);
    int zeros = trailingZeros(words, base);
    if (bits == 0) {
      Words.set(words, to, 1);
    } else if (zeros != 0 && Words.toLongSaturated(words, exponent) > 255 / zeros) {
      Words.set(words, to, 0);
    } else if (isPowerOfTwo(words, base)) {
      int shift = zeros * (int) words[exponent];
      Words.set(words, to, 1);
      Words.shiftLeft(words, to, shift);
    } else {
      raise(words, base, exponent, bits, to);
    }
  }

  /** The zeros below the lowest set bit; 256 for zero. */
  private static int trailingZeros(long[] words, int at) {
    int limb = 0;
    while (limb < 4 && words[at + limb] == 0) {
      limb++;
    }
    return 64 * limb + (limb < 4 ? Long.numberOfTrailingZeros(words[at + limb]) : 0);
  }

  private static boolean isPowerOfTwo(long[] words, int at) {
    int ones = 0;
    for (int limb = 0; limb < 4; limb++) {
      ones += Long.bitCount(words[at + limb]);
    }
    return ones == 1;
  }

  private static void raise(long[] words, int base, int exponent, int bits, int to) {
    final long b0 = words[base];
    final long b1 = words[base + 1];
    final long b2 = words[base + 2];
    final long b3 = words[base + 3];
    long a0 = b0;
    long a1 = b1;
    long a2 = b2;
    long a3 = b3;
    // The highest bit makes the power the base itself; each bit below squares it.
    for (int bit = bits - 2; bit >= 0; bit--) {
      long low01 = a0 * a1;
      long high01 = Words.multiplyHigh(a0, a1);
      long low02 = a0 * a2;
      long twice = low01 << 1;
      long high = Words.multiplyHigh(a0, a0);
      long r1 = high + twice;
      long carry = below(r1, twice);
      twice = high01 << 1 | low01 >>> 63;
      long sum = twice + carry;
      carry = Words.carry(twice, 0, sum) + (high01 >>> 63);
      twice = low02 << 1;
      long r2 = sum + twice;
      carry += below(r2, twice);
      long low11 = a1 * a1;
      sum = r2 + low11;
      carry += below(sum, low11);
      a3 =
          (Words.multiplyHigh(a0, a2) << 1 | low02 >>> 63)
              + Words.multiplyHigh(a1, a1)
              + ((a0 * a3 + a1 * a2) << 1)
              + carry;
      a2 = sum;
      a1 = r1;
      a0 *= a0;
      if ((words[exponent + (bit >> 6)] >>> bit & 1) != 0) {
        long low = a0 * b1;
        high = Words.multiplyHigh(a0, b0);
        sum = high + low;
        r2 = Words.multiplyHigh(a0, b1) + below(sum, low);
        low = a1 * b0;
        r1 = sum + low;
        high = Words.multiplyHigh(a1, b0) + below(r1, low);
        sum = r2 + high;
        long r3 = Words.carry(r2, high, sum) + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
        low = a0 * b2;
        r2 = sum + low;
        r3 += Words.multiplyHigh(a0, b2) + below(r2, low);
        low = a1 * b1;
        sum = r2 + low;
        r3 += Words.multiplyHigh(a1, b1) + below(sum, low);
        low = a2 * b0;
        r2 = sum + low;
        a3 = r3 + Words.multiplyHigh(a2, b0) + below(r2, low);
        a2 = r2;
        a1 = r1;
        a0 *= b0;
      }
    }
    Words.set(words, to, a3, a2, a1, a0);
  }

  /** {@link Words#below}, with a profile of its own: here it is one four times in ten. */
  private static long below(long a, long b) {
    return a + Long.MIN_VALUE < b + Long.MIN_VALUE ? 1 : 0;
  }
}
