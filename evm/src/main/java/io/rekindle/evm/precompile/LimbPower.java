package io.rekindle.evm.precompile;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Powers modulo a number of at most 64 bits, the cheapest that MODEXP sells, where numbers of any
 * size would cost more to handle than to multiply.
 *
 * <p>The modulus is an odd number times a power of two. Modulo the first products are Montgomery's;
 * modulo the second they are what a long keeps of them; the Chinese remainder theorem joins the
 * two. The exponent is taken in windows of four bits.
 */
final class LimbPower {
  private static final int WINDOW = 4;
  private static final int MASK = (1 << WINDOW) - 1;
  private static final int WINDOWS_OF_BYTE = 8 / WINDOW;

  private final long odd;

  /** 1 / odd modulo 2^64. */
  private final long inverse;

  private LimbPower(long odd) {
    this.odd = odd;
    long x = odd; // right in its lowest three bits, and each step doubles their number
    for (int bits = 3; bits < 64; bits *= 2) {
      x *= 2 - odd * x;
    }
    inverse = x;
  }

  /**
   * {@code base ^ exponent} modulo a number that is not zero, all unsigned; 0 ^ 0 is 1.
   *
   * @param modulus 64 unsigned bits
   */
  static long of(BigInteger base, BigInteger exponent, long modulus) {
    int twos = Long.numberOfTrailingZeros(modulus);
    byte[] bytes = exponent.toByteArray();
    LimbPower power = new LimbPower(modulus >>> twos);
    long result = power.moduloOdd(base, bytes);
    if (twos > 0) {
      long low = moduloTwos(base.longValue(), bytes);
      long mask = (1L << twos) - 1;
      result += power.odd * (((low - result) * power.inverse) & mask);
    }
    return result;
  }

  private long moduloOdd(BigInteger base, byte[] exponent) {
    BigInteger modulus = new BigInteger(1, ByteBuffer.allocate(Long.BYTES).putLong(odd).array());
    long[] powers = new long[1 << WINDOW];
    powers[0] = Long.remainderUnsigned(-odd, odd);
    powers[1] = base.shiftLeft(64).mod(modulus).longValue();
    for (int i = 2; i < powers.length; i++) {
      powers[i] = multiply(powers[i - 1], powers[1]);
    }
    long result = powers[0];
    for (byte digits : exponent) {
      for (int window = WINDOWS_OF_BYTE - 1; window >= 0; window--) {
        result = multiply(result, result);
        result = multiply(result, result);
        result = multiply(result, result);
        result = multiply(result, result);
        result = multiply(result, powers[(digits >> (WINDOW * window)) & MASK]);
      }
    }
    return multiply(result, 1);
  }

  /** {@code a b / 2^64} modulo the odd number, of numbers below it. */
  private long multiply(long a, long b) {
    long multiple = multiplyHigh(a * b * inverse, odd);
    long high = multiplyHigh(a, b);
    long difference = high - multiple;
    // One more of the odd number where the difference is negative, without a jump.
    long borrow = ((multiple & difference) | ((multiple | difference) & ~high)) >> 63;
    return difference + (odd & borrow);
  }

  private static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  private static long moduloTwos(long base, byte[] exponent) {
    long result = 1;
    for (byte digits : exponent) {
      for (int bit = 7; bit >= 0; bit--) {
        result *= result;
        result *= ((digits >> bit) & 1) != 0 ? base : 1;
      }
    }
    return result;
  }
}
