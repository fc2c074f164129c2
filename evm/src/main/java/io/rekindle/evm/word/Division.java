package io.rekindle.evm.word;

/**
 * Division of words in arrays of limbs, with the working space that it needs: one object a thread.
 *
 * <p>Long division as in Knuth's Algorithm D on 64-bit limbs. A quotient limb is estimated from two
 * limbs of the dividend by multiplication with a reciprocal of the divisor's highest limb (Möller
 * and Granlund, "Improved division by invariant integers", 2011), since the JVM has no division of
 * 128 by 64 bits. Division by zero gives zero, as the EVM has it. Results may take the place of
 * operands.
 */
public final class Division {
  /** First approximations of reciprocals, by the nine highest bits of the divisor. */
  private static final int[] SEEDS = new int[256];

  static {
    for (int index = 0; index < 256; index++) {
      SEEDS[index] = ((1 << 19) - 3 * (1 << 8)) / (index + 256);
    }
  }

  private final long[] dividend = new long[9];
  private final long[] divisor = new long[4];
  private final long[] quotient = new long[8];

  /** {@code to = a / b}. */
  public void divide(long[] words, int a, int b, int to) {
    load(words, a, words, b);
    run(4);
    Words.copy(quotient, 0, words, to);
  }

  /** {@code to = a mod b}. */
  public void modulo(long[] words, int a, int b, int to) {
    load(words, a, words, b);
    run(4);
    Words.copy(dividend, 0, words, to);
  }

  /** {@code to = a / b} of two's complement words, truncated toward zero (SDIV). */
  public void divideSigned(long[] words, int a, int b, int to) {
    boolean negative = (words[a + 3] ^ words[b + 3]) < 0;
    loadMagnitudes(words, a, b);
    run(4);
    if (negative) {
      Words.negate(quotient, 0);
    }
    Words.copy(quotient, 0, words, to);
  }

  /** {@code to = a mod b} of two's complement words; the sign is that of {@code a} (SMOD). */
  public void moduloSigned(long[] words, int a, int b, int to) {
    boolean negative = words[a + 3] < 0;
    loadMagnitudes(words, a, b);
    run(4);
    if (negative) {
      Words.negate(dividend, 0);
    }
    Words.copy(dividend, 0, words, to);
  }

  /** {@code to = (a + b) mod m} without overflow (ADDMOD). */
  public void addModulo(long[] words, int a, int b, int m, int to) {
    long carry = 0;
    for (int limb = 0; limb < 4; limb++) {
      long x = words[a + limb];
      long y = words[b + limb];
      long sum = x + y + carry;
      carry = Words.carry(x, y, sum);
      dividend[limb] = sum;
      divisor[limb] = words[m + limb];
    }
    dividend[4] = carry;
    run(5);
    Words.copy(dividend, 0, words, to);
  }

  /** {@code to = (a * b) mod m} without overflow (MULMOD). */
  public void multiplyModulo(long[] words, int a, int b, int m, int to) {
    for (int limb = 0; limb < 4; limb++) {
      divisor[limb] = words[m + limb];
      dividend[limb] = 0;
    }
    for (int i = 0; i < 4; i++) {
      long x = words[a + i];
      long carry = 0;
      for (int j = 0; j < 4; j++) {
        long y = words[b + j];
        long low = x * y;
        long sum = dividend[i + j] + low;
        long high = Words.multiplyHigh(x, y) + Words.below(sum, low);
        long total = sum + carry;
        carry = high + Words.below(total, carry);
        dividend[i + j] = total;
      }
      dividend[i + 4] = carry;
    }
    run(8);
    Words.copy(dividend, 0, words, to);
  }

  private void load(long[] a, int at, long[] b, int bAt) {
    Words.copy(a, at, dividend, 0);
    Words.copy(b, bAt, divisor, 0);
  }

  private void loadMagnitudes(long[] words, int a, int b) {
    load(words, a, words, b);
    if (dividend[3] < 0) {
      Words.negate(dividend, 0);
    }
    if (divisor[3] < 0) {
      Words.negate(divisor, 0);
    }
  }

  /**
   * Divides the first {@code limbs} limbs of the dividend (4 to 8) by the divisor: leaves the
   * quotient's limbs, and the remainder in the dividend's lowest four.
   */
  private void run(int limbs) {
    int divisorLimbs = 4;
    while (divisorLimbs > 0 && divisor[divisorLimbs - 1] == 0) {
      divisorLimbs--;
    }
    int dividendLimbs = limbs;
    while (dividendLimbs > 0 && dividend[dividendLimbs - 1] == 0) {
      dividendLimbs--;
    }
    Words.set(quotient, 0, 0);
    if (divisorLimbs == 0) {
      Words.set(dividend, 0, 0);
    } else if (dividendLimbs >= divisorLimbs) {
      if (dividendLimbs == 1) {
        divideLimb();
      } else {
        divideLong(dividendLimbs, divisorLimbs);
      }
    }
  }

  private void divideLimb() {
    long a = dividend[0];
    long b = divisor[0];
    long q = Long.divideUnsigned(a, b);
    quotient[0] = q;
    dividend[0] = a - q * b;
  }

  private void divideLong(int dividendLimbs, int divisorLimbs) {
    int shift = Long.numberOfLeadingZeros(divisor[divisorLimbs - 1]);
    normalize(dividendLimbs, divisorLimbs, shift);
    long high = divisor[divisorLimbs - 1];
    long reciprocal = reciprocal(high);
    if (divisorLimbs == 1) {
      divideByLimb(dividendLimbs, high, reciprocal);
    } else {
      for (int place = dividendLimbs - divisorLimbs; place >= 0; place--) {
        quotient[place] = quotientLimb(place, divisorLimbs, high, reciprocal);
      }
    }
    denormalize(divisorLimbs, shift);
  }

  /** Shifts both so that the divisor's highest bit is set; the dividend gains a limb. */
  private void normalize(int dividendLimbs, int divisorLimbs, int shift) {
    long[] u = dividend;
    long[] v = divisor;
    int back = 63 - shift;
    u[dividendLimbs] = u[dividendLimbs - 1] >>> 1 >>> back;
    for (int limb = dividendLimbs - 1; limb > 0; limb--) {
      u[limb] = u[limb] << shift | u[limb - 1] >>> 1 >>> back;
    }
    u[0] <<= shift;
    for (int limb = divisorLimbs - 1; limb > 0; limb--) {
      v[limb] = v[limb] << shift | v[limb - 1] >>> 1 >>> back;
    }
    v[0] <<= shift;
  }

  /** Shifts the remainder back and clears what is above it. */
  private void denormalize(int divisorLimbs, int shift) {
    long[] u = dividend;
    int back = 63 - shift;
    for (int limb = 0; limb < 4; limb++) {
      if (limb < divisorLimbs) {
        long above = limb + 1 < divisorLimbs ? u[limb + 1] : 0;
        u[limb] = u[limb] >>> shift | above << 1 << back;
      } else {
        u[limb] = 0;
      }
    }
  }

  private void divideByLimb(int dividendLimbs, long d, long reciprocal) {
    long remainder = dividend[dividendLimbs];
    for (int limb = dividendLimbs - 1; limb >= 0; limb--) {
      long low = dividend[limb];
      long product = reciprocal * remainder;
      long estimate = Words.multiplyHigh(reciprocal, remainder);
      long fraction = product + low;
      estimate += remainder + Words.carry(product, low, fraction) + 1;
      long rest = low - estimate * d;
      if (Long.compareUnsigned(rest, fraction) > 0) {
        estimate--;
        rest += d;
      }
      if (Long.compareUnsigned(rest, d) >= 0) {
        estimate++;
        rest -= d;
      }
      quotient[limb] = estimate;
      remainder = rest;
    }
    dividend[0] = remainder;
  }

  /** One limb of the quotient (Knuth's steps D3 to D6); takes its multiple off the dividend. */
  private long quotientLimb(int place, int divisorLimbs, long high, long reciprocal) {
    long[] u = dividend;
    int top = place + divisorLimbs;
    long u2 = u[top];
    long u1 = u[top - 1];
    long estimate;
    if (u2 == high) {
      // The estimate would be 2^64 or more; the true limb is at most 2^64 - 1.
      estimate = -1;
    } else {
      long product = reciprocal * u2;
      estimate = Words.multiplyHigh(reciprocal, u2);
      long fraction = product + u1;
      estimate += u2 + Words.carry(product, u1, fraction) + 1;
      long rest = u1 - estimate * high;
      if (Long.compareUnsigned(rest, fraction) > 0) {
        estimate--;
        rest += high;
      }
      if (Long.compareUnsigned(rest, high) >= 0) {
        estimate++;
        rest -= high;
      }
      estimate = refine(estimate, rest, high, divisor[divisorLimbs - 2], u[top - 2]);
    }
    boolean tooMuch = takeOff(place, divisorLimbs, estimate);
    return tooMuch ? putBack(place, divisorLimbs, estimate) : estimate;
  }

  /**
   * Lowers the estimate by what the second limb of the divisor shows; it is then one off at most.
   */
  private static long refine(long estimate, long rest, long high, long second, long u0) {
    long q = estimate;
    long r = rest;
    for (int times = 0; times < 2; times++) {
      long productHigh = Words.multiplyHigh(q, second);
      int order = Long.compareUnsigned(productHigh, r);
      if (order < 0 || (order == 0 && Long.compareUnsigned(q * second, u0) <= 0)) {
        return q;
      }
      q--;
      long sum = r + high;
      if (Words.carry(r, high, sum) != 0) {
        return q;
      }
      r = sum;
    }
    return q;
  }

  /** Subtracts estimate times divisor at a place; answers whether the result is negative. */
  private boolean takeOff(int place, int divisorLimbs, long estimate) {
    long[] u = dividend;
    long carry = 0;
    for (int limb = 0; limb < divisorLimbs; limb++) {
      long d = divisor[limb];
      long low = estimate * d;
      long product = low + carry;
      carry = Words.multiplyHigh(estimate, d) + Words.below(product, low);
      long before = u[place + limb];
      u[place + limb] = before - product;
      carry += Words.below(before, product);
    }
    long before = u[place + divisorLimbs];
    u[place + divisorLimbs] = before - carry;
    return Long.compareUnsigned(before, carry) < 0;
  }

  /** Adds the divisor back until the dividend's limb over the place is zero again. */
  private long putBack(int place, int divisorLimbs, long estimate) {
    long[] u = dividend;
    long q = estimate;
    long carry;
    do {
      q--;
      carry = 0;
      for (int limb = 0; limb < divisorLimbs; limb++) {
        long a = u[place + limb];
        long b = divisor[limb];
        long sum = a + b + carry;
        carry = Words.carry(a, b, sum);
        u[place + limb] = sum;
      }
      u[place + divisorLimbs] += carry;
    } while (u[place + divisorLimbs] != 0);
    return q;
  }

  /** floor((2^128 - 1) / d) - 2^64, for d with its highest bit set (RECIPROCAL_WORD). */
  static long reciprocal(long d) {
    long d40 = (d >>> 24) + 1;
    long v0 = SEEDS[(int) (d >>> 55) - 256];
    long v1 = (v0 << 11) - ((v0 * v0 * d40) >>> 40) - 1;
    long v2 = (v1 << 13) + ((v1 * ((1L << 60) - v1 * d40)) >>> 47);
    long odd = d & 1;
    long half = (d >>> 1) + odd;
    long e = ((v2 >>> 1) & -odd) - v2 * half;
    long v3 = (Words.multiplyHigh(v2, e) >>> 1) + (v2 << 31);
    long low = v3 * d;
    long high = Words.multiplyHigh(v3, d) + Words.carry(low, d, low + d);
    return v3 - (high + d);
  }
}
