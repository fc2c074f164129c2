package io.rekindle.evm.precompile.pairing;

import static io.rekindle.evm.precompile.pairing.PrimeField.BITS;
import static io.rekindle.evm.precompile.pairing.PrimeField.MASK;

/**
 * The inverse modulo an odd number by division steps (Bernstein, Yang: "Fast constant-time gcd
 * computation and modular inversion", 2019), in variable time.
 *
 * <p>Steps depend on low bits only, so 55 of them are done on one word and gathered in a matrix of
 * words, with which the long numbers f, g (the gcd's) and d, e (their factors of x) are multiplied.
 * Numbers are limbs of 55 bits, the top one signed. Throughout {@code f = d * x} and {@code g = e *
 * x} modulo m, so once g is 0 and f is 1 or -1, d is the inverse but for its sign.
 */
final class ModularInverse {
  private final long[] modulus;
  private final long modulusInverse;
  private final long[] f;
  private final long[] g;
  private final long[] d;
  private final long[] e;
  private long u;
  private long v;
  private long q;
  private long r;

  private ModularInverse(long[] modulus, long[] x, int offset) {
    this.modulus = modulus;
    modulusInverse = inverseOfLimb(modulus[0]);
    int n = modulus.length;
    f = modulus.clone();
    g = new long[n];
    System.arraycopy(x, offset, g, 0, n);
    d = new long[n];
    e = new long[n];
    e[0] = 1;
  }

  /** The inverse of the number at {@code offset}, which is below the modulus; 0 for 0. */
  static long[] of(long[] modulus, long[] x, int offset) {
    return new ModularInverse(modulus, x, offset).invert();
  }

  /** The inverse of an odd number modulo 2^55, by Newton's iteration. */
  static long inverseOfLimb(long odd) {
    long inverse = odd;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse & MASK;
  }

  private long[] invert() {
    long eta = -1;
    while (!isZero(g)) {
      eta = steps(eta);
      updateFactors();
      updateGcd();
    }
    int top = f.length - 1;
    if (d[top] < 0) {
      addModulus();
    }
    if (f[top] < 0) {
      negateFactor();
    }
    if (d[top] < 0) {
      addModulus();
    }
    return d;
  }

  private static boolean isZero(long[] number) {
    long bits = 0;
    for (long limb : number) {
      bits |= limb;
    }
    return bits == 0;
  }

  /** 55 division steps on the low limbs; their matrix is left in u, v, q, r. */
  private long steps(long eta) {
    long lowF = f[0];
    long lowG = g[0];
    long fromF = 1;
    long fromG = 0;
    long toF = 0;
    long toG = 1;
    int left = BITS;
    while (true) {
      int zeros = Long.numberOfTrailingZeros(lowG | (-1L << left));
      lowG >>>= zeros;
      fromF <<= zeros;
      fromG <<= zeros;
      eta -= zeros;
      left -= zeros;
      if (left == 0) {
        break;
      }
      if (eta < 0) {
        eta = -eta;
        long swap = lowF;
        lowF = lowG;
        lowG = -swap;
        swap = fromF;
        fromF = toF;
        toF = -swap;
        swap = fromG;
        fromG = toG;
        toG = -swap;
      }
      // Several steps at once: the multiple of f that clears g's low bits, as many as f and g keep
      // their places. -1/f modulo 2^6 is f * (f^2 - 2).
      int limit = (int) Math.min(Math.min(eta + 1, left), 6);
      long multiple = (lowF * lowG * (lowF * lowF - 2)) & ((1L << limit) - 1);
      lowG += lowF * multiple;
      toF += fromF * multiple;
      toG += fromG * multiple;
    }
    u = fromF;
    v = fromG;
    q = toF;
    r = toG;
    return eta;
  }

  /** (f, g) = matrix * (f, g) / 2^55. */
  private void updateGcd() {
    long carryF = 0;
    long carryG = 0;
    for (int i = 0; i < f.length; i++) {
      long x = f[i];
      long y = g[i];
      long sumF = carryF + (u * x & MASK) + (v * y & MASK);
      long sumG = carryG + (q * x & MASK) + (r * y & MASK);
      if (i > 0) {
        f[i - 1] = sumF & MASK;
        g[i - 1] = sumG & MASK;
      }
      carryF = (sumF >> BITS) + high(u, x) + high(v, y);
      carryG = (sumG >> BITS) + high(q, x) + high(r, y);
    }
    f[f.length - 1] = carryF;
    g[f.length - 1] = carryG;
  }

  /**
   * (d, e) = matrix * (d, e) / 2^55 modulo m: a multiple of m makes the low limb zero first. Keeps
   * both between -2m and m.
   */
  private void updateFactors() {
    int n = d.length;
    long signD = d[n - 1] >> 63;
    long signE = e[n - 1] >> 63;
    long timesD = (u & signD) + (v & signE);
    long timesE = (q & signD) + (r & signE);
    timesD -= (modulusInverse * (u * d[0] + v * e[0]) + timesD) & MASK;
    timesE -= (modulusInverse * (q * d[0] + r * e[0]) + timesE) & MASK;
    long carryD = 0;
    long carryE = 0;
    for (int i = 0; i < n; i++) {
      long x = d[i];
      long y = e[i];
      long m = modulus[i];
      long sumD = carryD + (u * x & MASK) + (v * y & MASK) + (timesD * m & MASK);
      long sumE = carryE + (q * x & MASK) + (r * y & MASK) + (timesE * m & MASK);
      if (i > 0) {
        d[i - 1] = sumD & MASK;
        e[i - 1] = sumE & MASK;
      }
      carryD = (sumD >> BITS) + high(u, x) + high(v, y) + high(timesD, m);
      carryE = (sumE >> BITS) + high(q, x) + high(r, y) + high(timesE, m);
    }
    d[n - 1] = carryD;
    e[n - 1] = carryE;
  }

  /** The part of a product above its low 55 bits. */
  private static long high(long x, long y) {
    return Math.multiplyHigh(x << 4, y << 5);
  }

  private void addModulus() {
    long carry = 0;
    for (int i = 0; i < d.length; i++) {
      carry += d[i] + modulus[i];
      d[i] = i < d.length - 1 ? carry & MASK : carry;
      carry >>= BITS;
    }
  }

  private void negateFactor() {
    long carry = 0;
    for (int i = 0; i < d.length; i++) {
      carry -= d[i];
      d[i] = i < d.length - 1 ? carry & MASK : carry;
      carry >>= BITS;
    }
  }
}
