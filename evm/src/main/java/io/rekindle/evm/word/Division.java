package io.rekindle.evm.word;

/**
 * Division of words in arrays of limbs, with the working space that it needs: one object a thread.
 *
 * <p>Long division as in Knuth's Algorithm D on 64-bit limbs. A limb of the quotient comes from
 * three limbs of the dividend by multiplication with a reciprocal of the divisor's two highest
 * limbs (Möller and Granlund, "Improved division by invariant integers", 2011, Algorithms 4 to 6),
 * since the JVM has no division of 128 by 64 bits. That estimate is one too large at most, and with
 * two limbs exact. Division by zero gives zero, as the EVM has it. Results may take the place of
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

  private static final int KNOWN_BITS = 4;

  private final long[] dividend = new long[9];
  private final long[] divisor = new long[4];
  private final long[] quotient = new long[8];

  /**
   * Reciprocals that were computed last, by the divisor's two highest limbs: programs divide by few
   * different constants. Three longs each: d1, d0, reciprocal; no d1 is zero.
   */
  private final long[] reciprocals = new long[3 << KNOWN_BITS];

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
        long before = dividend[i + j];
        long sum = before + low;
        long high = Words.multiplyHigh(x, y) + Words.below(sum, low);
        long total = sum + carry;
        carry = high + Words.carry(sum, carry, total);
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
    normalize(dividendLimbs, shift);
    long high = divisor[divisorLimbs - 1];
    if (divisorLimbs == 1) {
      divideByLimb(dividendLimbs, high, knownReciprocal(high, 0));
    } else {
      divideByLimbs(dividendLimbs, divisorLimbs);
    }
    denormalize(divisorLimbs, shift);
  }

  /** Shifts both so that the divisor's highest bit is set; the dividend gains a limb. */
  private void normalize(int dividendLimbs, int shift) {
    long[] u = dividend;
    long[] v = divisor;
    int back = 63 - shift;
    if (dividendLimbs > 4) {
      u[dividendLimbs] = u[dividendLimbs - 1] >>> 1 >>> back;
      for (int limb = dividendLimbs - 1; limb > 3; limb--) {
        u[limb] = u[limb] << shift | u[limb - 1] >>> 1 >>> back;
      }
    } else {
      u[4] = u[3] >>> 1 >>> back;
    }
    u[3] = u[3] << shift | u[2] >>> 1 >>> back;
    u[2] = u[2] << shift | u[1] >>> 1 >>> back;
    u[1] = u[1] << shift | u[0] >>> 1 >>> back;
    u[0] <<= shift;
    v[3] = v[3] << shift | v[2] >>> 1 >>> back;
    v[2] = v[2] << shift | v[1] >>> 1 >>> back;
    v[1] = v[1] << shift | v[0] >>> 1 >>> back;
    v[0] <<= shift;
  }

  /** Shifts the remainder back and clears what is above it. */
  private void denormalize(int divisorLimbs, int shift) {
    long[] u = dividend;
    int back = 63 - shift;
    for (int limb = divisorLimbs; limb < 4; limb++) {
      u[limb] = 0;
    }
    u[0] = u[0] >>> shift | u[1] << 1 << back;
    u[1] = u[1] >>> shift | u[2] << 1 << back;
    u[2] = u[2] >>> shift | u[3] << 1 << back;
    u[3] >>>= shift;
  }

  private void divideByLimb(int dividendLimbs, long d, long reciprocal) {
    long remainder = dividend[dividendLimbs];
    for (int limb = dividendLimbs - 1; limb >= 0; limb--) {
      long low = dividend[limb];
      long product = reciprocal * remainder;
      long estimate = Words.multiplyHigh(reciprocal, remainder);
      long fraction = product + low;
      estimate += remainder + Words.below(fraction, product) + 1;
      long rest = low - estimate * d;
      long mask = -Words.below(fraction, rest);
      estimate += mask;
      rest += mask & d;
      if (Long.compareUnsigned(rest, d) >= 0) {
        estimate++;
        rest -= d;
      }
      quotient[limb] = estimate;
      remainder = rest;
    }
    dividend[0] = remainder;
  }

  /**
   * Divides by two limbs or more. The two highest limbs of what is left of the dividend stay in
   * locals from one limb of the quotient to the next.
   */
  private void divideByLimbs(int dividendLimbs, int divisorLimbs) {
    long[] u = dividend;
    long d1 = divisor[divisorLimbs - 1];
    long d0 = divisor[divisorLimbs - 2];
    long reciprocal = knownReciprocal(d1, d0);
    int low = divisorLimbs - 2;
    long u2 = u[dividendLimbs];
    long u1 = u[dividendLimbs - 1];
    for (int place = dividendLimbs - divisorLimbs; place >= 0; place--) {
      if (u2 == d1 && u1 == d0) {
        quotient[place] = largestLimb(place, divisorLimbs, u2, u1);
        u2 = u[place + low + 1];
        u1 = u[place + low];
        continue;
      }
      // Algorithm 4: an estimate, and what three limbs of the dividend leave with it.
      long product = reciprocal * u2;
      long fraction = product + u1;
      long q = Words.multiplyHigh(reciprocal, u2) + u2 + Words.below(fraction, product);
      long estimated = q * d0;
      long u0 = u[place + low];
      long r0 = u0 - estimated;
      long r1 = u1 - q * d1 - Words.multiplyHigh(q, d0) - Words.below(u0, estimated);
      long less = r0 - d0;
      r1 -= d1 + Words.below(r0, d0);
      q++;
      long mask = Words.below(r1, fraction) - 1;
      q += mask;
      long back = mask & d0;
      r0 = less + back;
      r1 += (mask & d1) + Words.below(r0, less);
      if (Long.compareUnsigned(r1, d1) >= 0 && (r1 != d1 || Long.compareUnsigned(r0, d0) >= 0)) {
        q++;
        less = r0 - d0;
        r1 -= d1 + Words.carry(d0, less, r0);
        r0 = less;
      }
      if (low > 0) {
        // Not a loop: the compiler's machinery for loops costs more than one or two rounds.
        long carry = low == 2 ? takeOffLimb(place, q, divisor[0], 0) : 0;
        carry = takeOffLimb(place + low - 1, q, divisor[low - 1], carry);
        long before = r0;
        r0 -= carry;
        long borrow = Words.below(before, carry);
        r1 -= borrow;
        if (r1 == -1 && borrow != 0) {
          q--;
          carry = addBack(place, low);
          before = r0 + carry;
          r1 += d1 + Words.carry(r0, carry, before);
          r0 = before + d0;
          r1 += Words.carry(before, d0, r0);
        }
      }
      quotient[place] = q;
      u2 = r1;
      u1 = r0;
    }
    u[low + 1] = u2;
    u[low] = u1;
  }

  /**
   * The limb of the quotient where the dividend's highest limbs equal the divisor's, and the
   * estimate would not fit: 2^64 - 1, or what is left after adding the divisor back.
   */
  private long largestLimb(int place, int divisorLimbs, long u2, long u1) {
    int top = place + divisorLimbs;
    dividend[top] = u2;
    dividend[top - 1] = u1;
    long q = -1;
    long carry = 0;
    for (int limb = 0; limb < divisorLimbs; limb++) {
      carry = takeOffLimb(place + limb, q, divisor[limb], carry);
    }
    dividend[top] -= carry;
    while (dividend[top] != 0) {
      q--;
      dividend[top] += addBack(place, divisorLimbs);
    }
    return q;
  }

  /** Subtracts q times a limb of the divisor and a carry; answers what is to be borrowed. */
  private long takeOffLimb(int at, long q, long d, long carry) {
    long low = q * d;
    long product = low + carry;
    long before = dividend[at];
    long after = before - product;
    dividend[at] = after;
    return Words.multiplyHigh(q, d)
        + Words.carry(low, carry, product)
        + Words.below(before, product);
  }

  /** Adds the divisor's lowest limbs back at a place; answers the carry. */
  private long addBack(int place, int limbs) {
    long[] u = dividend;
    long carry = 0;
    for (int limb = 0; limb < limbs; limb++) {
      long a = u[place + limb];
      long b = divisor[limb];
      long sum = a + b + carry;
      carry = Words.carry(a, b, sum);
      u[place + limb] = sum;
    }
    return carry;
  }

  /** As {@link #reciprocal(long, long)}; with one limb, and so a d0 of zero, that of the limb. */
  private long knownReciprocal(long d1, long d0) {
    long mixed = (d1 ^ Long.rotateLeft(d0, 32)) * 0x9E3779B97F4A7C15L;
    int place = 3 * (int) (mixed >>> (64 - KNOWN_BITS));
    long[] known = reciprocals;
    if (known[place] == d1 && known[place + 1] == d0) {
      return known[place + 2];
    }
    long computed = reciprocal(d1, d0);
    known[place] = d1;
    known[place + 1] = d0;
    known[place + 2] = computed;
    return computed;
  }

  /** floor((2^192 - 1) / (d1, d0)) - 2^64, for d1 with its highest bit set (Algorithm 6). */
  static long reciprocal(long d1, long d0) {
    long v = reciprocal(d1);
    long p = d1 * v + d0;
    if (Words.below(p, d0) != 0) {
      v--;
      if (Words.below(p, d1) == 0) {
        v--;
        p -= d1;
      }
      p -= d1;
    }
    long low = v * d0;
    long high = Words.multiplyHigh(v, d0);
    p += high;
    if (Words.below(p, high) != 0) {
      v--;
      if (Words.below(p, d1) == 0 && (p != d1 || Words.below(low, d0) == 0)) {
        v--;
      }
    }
    return v;
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
