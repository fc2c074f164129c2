package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;

/**
 * A field of at most 272 bits on five limbs. The loops over limbs are written out, because the
 * just-in-time compiler keeps limbs in registers only as local variables; {@link PrimeField}
 * explains the algorithm.
 */
final class FiveLimbField extends PrimeField {
  static final int LIMBS = 5;

  private final long p0;
  private final long p1;
  private final long p2;
  private final long p3;
  private final long p4;
  private final long q0;
  private final long q1;
  private final long q2;
  private final long q3;
  private final long q4;
  private final long inverse;

  FiveLimbField(BigInteger modulus) {
    super(modulus, LIMBS);
    long[] p = limbsOf(modulus);
    p0 = p[0];
    p1 = p[1];
    p2 = p[2];
    p3 = p[3];
    p4 = p[4];
    q0 = p0 << 5;
    q1 = p1 << 5;
    q2 = p2 << 5;
    q3 = p3 << 5;
    q4 = p4 << 5;
    inverse = negatedInverse();
  }

  @Override
  public void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    long b0 = b[bo + 0];
    long b1 = b[bo + 1];
    long b2 = b[bo + 2];
    long b3 = b[bo + 3];
    long b4 = b[bo + 4];
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    for (int i = 0; i < LIMBS; i++) {
      long a0 = a[ao + i];
      long a0High = a0 << 4;
      long low = t0 + (a0 * b0 & MASK);
      long m = (low * inverse) & MASK;
      long carry = (low + MASK) >> BITS;
      long mHigh = m << 4;
      t0 =
          t1
              + (a0 * b1 & MASK)
              + Math.multiplyHigh(a0High, b0 << 5)
              + (m * p1 & MASK)
              + Math.multiplyHigh(mHigh, q0)
              + carry;
      t1 =
          t2
              + (a0 * b2 & MASK)
              + Math.multiplyHigh(a0High, b1 << 5)
              + (m * p2 & MASK)
              + Math.multiplyHigh(mHigh, q1);
      t2 =
          t3
              + (a0 * b3 & MASK)
              + Math.multiplyHigh(a0High, b2 << 5)
              + (m * p3 & MASK)
              + Math.multiplyHigh(mHigh, q2);
      t3 =
          t4
              + (a0 * b4 & MASK)
              + Math.multiplyHigh(a0High, b3 << 5)
              + (m * p4 & MASK)
              + Math.multiplyHigh(mHigh, q3);
      t4 = Math.multiplyHigh(a0High, b4 << 5) + Math.multiplyHigh(mHigh, q4);
    }
    settle(r, ro, t0, t1, t2, t3, t4);
  }

  /** Each product of two different limbs counts twice, the doubled one being shifted. */
  @Override
  public void square(long[] r, int ro, long[] a, int ao) {
    long a0 = a[ao + 0];
    long a1 = a[ao + 1];
    long a2 = a[ao + 2];
    long a3 = a[ao + 3];
    long a4 = a[ao + 4];
    long h0 = a0 << 4;
    long h1 = a1 << 4;
    long h2 = a2 << 4;
    long h3 = a3 << 4;
    long h4 = a4 << 4;
    long d1 = a1 << 1;
    long d2 = a2 << 1;
    long d3 = a3 << 1;
    long d4 = a4 << 1;
    long g1 = a1 << 6;
    long g2 = a2 << 6;
    long g3 = a3 << 6;
    long g4 = a4 << 6;
    long c0 = (a0 * a0 & MASK);
    long c1 = (a0 * d1 & MASK) + Math.multiplyHigh(h0, a0 << 5);
    long c2 = (a0 * d2 & MASK) + Math.multiplyHigh(h0, g1) + (a1 * a1 & MASK);
    long c3 =
        (a0 * d3 & MASK)
            + Math.multiplyHigh(h0, g2)
            + (a1 * d2 & MASK)
            + Math.multiplyHigh(h1, a1 << 5);
    long c4 =
        (a0 * d4 & MASK)
            + Math.multiplyHigh(h0, g3)
            + (a1 * d3 & MASK)
            + Math.multiplyHigh(h1, g2)
            + (a2 * a2 & MASK);
    long c5 =
        Math.multiplyHigh(h0, g4)
            + (a1 * d4 & MASK)
            + Math.multiplyHigh(h1, g3)
            + (a2 * d3 & MASK)
            + Math.multiplyHigh(h2, a2 << 5);
    long c6 =
        Math.multiplyHigh(h1, g4) + (a2 * d4 & MASK) + Math.multiplyHigh(h2, g3) + (a3 * a3 & MASK);
    long c7 = Math.multiplyHigh(h2, g4) + (a3 * d4 & MASK) + Math.multiplyHigh(h3, a3 << 5);
    long c8 = Math.multiplyHigh(h3, g4) + (a4 * a4 & MASK);
    long c9 = Math.multiplyHigh(h4, a4 << 5);
    long m0 = (c0 * inverse) & MASK;
    long n0 = m0 << 4;
    c1 += ((c0 + MASK) >> BITS) + (m0 * p1 & MASK) + Math.multiplyHigh(n0, q0);
    c2 += (m0 * p2 & MASK) + Math.multiplyHigh(n0, q1);
    c3 += (m0 * p3 & MASK) + Math.multiplyHigh(n0, q2);
    c4 += (m0 * p4 & MASK) + Math.multiplyHigh(n0, q3);
    c5 += Math.multiplyHigh(n0, q4);
    long m1 = (c1 * inverse) & MASK;
    long n1 = m1 << 4;
    c2 += ((c1 + MASK) >> BITS) + (m1 * p1 & MASK) + Math.multiplyHigh(n1, q0);
    c3 += (m1 * p2 & MASK) + Math.multiplyHigh(n1, q1);
    c4 += (m1 * p3 & MASK) + Math.multiplyHigh(n1, q2);
    c5 += (m1 * p4 & MASK) + Math.multiplyHigh(n1, q3);
    c6 += Math.multiplyHigh(n1, q4);
    long m2 = (c2 * inverse) & MASK;
    long n2 = m2 << 4;
    c3 += ((c2 + MASK) >> BITS) + (m2 * p1 & MASK) + Math.multiplyHigh(n2, q0);
    c4 += (m2 * p2 & MASK) + Math.multiplyHigh(n2, q1);
    c5 += (m2 * p3 & MASK) + Math.multiplyHigh(n2, q2);
    c6 += (m2 * p4 & MASK) + Math.multiplyHigh(n2, q3);
    c7 += Math.multiplyHigh(n2, q4);
    long m3 = (c3 * inverse) & MASK;
    long n3 = m3 << 4;
    c4 += ((c3 + MASK) >> BITS) + (m3 * p1 & MASK) + Math.multiplyHigh(n3, q0);
    c5 += (m3 * p2 & MASK) + Math.multiplyHigh(n3, q1);
    c6 += (m3 * p3 & MASK) + Math.multiplyHigh(n3, q2);
    c7 += (m3 * p4 & MASK) + Math.multiplyHigh(n3, q3);
    c8 += Math.multiplyHigh(n3, q4);
    long m4 = (c4 * inverse) & MASK;
    long n4 = m4 << 4;
    c5 += ((c4 + MASK) >> BITS) + (m4 * p1 & MASK) + Math.multiplyHigh(n4, q0);
    c6 += (m4 * p2 & MASK) + Math.multiplyHigh(n4, q1);
    c7 += (m4 * p3 & MASK) + Math.multiplyHigh(n4, q2);
    c8 += (m4 * p4 & MASK) + Math.multiplyHigh(n4, q3);
    c9 += Math.multiplyHigh(n4, q4);
    settle(r, ro, c5, c6, c7, c8, c9);
  }

  @Override
  void mulWide(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    long b0 = b[bo + 0];
    long b1 = b[bo + 1];
    long b2 = b[bo + 2];
    long b3 = b[bo + 3];
    long b4 = b[bo + 4];
    long t0 = 0;
    long t1 = 0;
    long t2 = 0;
    long t3 = 0;
    long t4 = 0;
    for (int i = 0; i < LIMBS; i++) {
      long x = a[ao + i];
      long xHigh = x << 4;
      long low = t0 + (x * b0 & MASK);
      r[ro + i] = low & MASK;
      t0 = t1 + (x * b1 & MASK) + Math.multiplyHigh(xHigh, b0 << 5) + (low >> BITS);
      t1 = t2 + (x * b2 & MASK) + Math.multiplyHigh(xHigh, b1 << 5);
      t2 = t3 + (x * b3 & MASK) + Math.multiplyHigh(xHigh, b2 << 5);
      t3 = t4 + (x * b4 & MASK) + Math.multiplyHigh(xHigh, b3 << 5);
      t4 = Math.multiplyHigh(xHigh, b4 << 5);
    }
    r[ro + 5] = t0 & MASK;
    t1 += t0 >> BITS;
    r[ro + 6] = t1 & MASK;
    t2 += t1 >> BITS;
    r[ro + 7] = t2 & MASK;
    t3 += t2 >> BITS;
    r[ro + 8] = t3 & MASK;
    t4 += t3 >> BITS;
    r[ro + 9] = t4;
  }

  @Override
  void reduce(long[] r, int ro, long[] wide, int wo) {
    long t0 = wide[wo + 0];
    long t1 = wide[wo + 1];
    long t2 = wide[wo + 2];
    long t3 = wide[wo + 3];
    long t4 = wide[wo + 4];
    for (int i = 0; i < LIMBS; i++) {
      long m = (t0 * inverse) & MASK;
      long mHigh = m << 4;
      t0 = t1 + (m * p1 & MASK) + Math.multiplyHigh(mHigh, q0) + ((t0 + MASK) >> BITS);
      t1 = t2 + (m * p2 & MASK) + Math.multiplyHigh(mHigh, q1);
      t2 = t3 + (m * p3 & MASK) + Math.multiplyHigh(mHigh, q2);
      t3 = t4 + (m * p4 & MASK) + Math.multiplyHigh(mHigh, q3);
      t4 = wide[wo + LIMBS + i] + Math.multiplyHigh(mHigh, q4);
    }
    settleSigned(r, ro, t0, t1, t2, t3, t4);
  }

  @Override
  public void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    settle(
        r,
        ro,
        a[ao + 0] + b[bo + 0],
        a[ao + 1] + b[bo + 1],
        a[ao + 2] + b[bo + 2],
        a[ao + 3] + b[bo + 3],
        a[ao + 4] + b[bo + 4]);
  }

  @Override
  public void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    long t0 = a[ao + 0] - b[bo + 0];
    long t1 = a[ao + 1] - b[bo + 1] + (t0 >> BITS);
    long t2 = a[ao + 2] - b[bo + 2] + (t1 >> BITS);
    long t3 = a[ao + 3] - b[bo + 3] + (t2 >> BITS);
    long t4 = a[ao + 4] - b[bo + 4] + (t3 >> BITS);
    long below = t4 >> 63;
    long s0 = (t0 & MASK) + (p0 & below);
    long s1 = (t1 & MASK) + (p1 & below) + (s0 >> BITS);
    long s2 = (t2 & MASK) + (p2 & below) + (s1 >> BITS);
    long s3 = (t3 & MASK) + (p3 & below) + (s2 >> BITS);
    long s4 = t4 + (p4 & below) + (s3 >> BITS);
    r[ro + 0] = s0 & MASK;
    r[ro + 1] = s1 & MASK;
    r[ro + 2] = s2 & MASK;
    r[ro + 3] = s3 & MASK;
    r[ro + 4] = s4 & MASK;
  }

  /** Carries, and subtracts the modulus once if that leaves no negative number. */
  private void settle(long[] r, int ro, long t0, long t1, long t2, long t3, long t4) {
    t1 += t0 >> BITS;
    t2 += t1 >> BITS;
    t3 += t2 >> BITS;
    t4 += t3 >> BITS;
    t0 &= MASK;
    t1 &= MASK;
    t2 &= MASK;
    t3 &= MASK;
    long s0 = t0 - p0;
    long s1 = t1 - p1 + (s0 >> BITS);
    long s2 = t2 - p2 + (s1 >> BITS);
    long s3 = t3 - p3 + (s2 >> BITS);
    long s4 = t4 - p4 + (s3 >> BITS);
    long keep = s4 >> 63;
    r[ro + 0] = (t0 & keep) | (s0 & MASK & ~keep);
    r[ro + 1] = (t1 & keep) | (s1 & MASK & ~keep);
    r[ro + 2] = (t2 & keep) | (s2 & MASK & ~keep);
    r[ro + 3] = (t3 & keep) | (s3 & MASK & ~keep);
    r[ro + 4] = (t4 & keep) | (s4 & ~keep);
  }

  /** Carries a number from -p to 2 p, and adds or subtracts the modulus where it is outside. */
  private void settleSigned(long[] r, int ro, long t0, long t1, long t2, long t3, long t4) {
    t1 += t0 >> BITS;
    t2 += t1 >> BITS;
    t3 += t2 >> BITS;
    t4 += t3 >> BITS;
    t0 &= MASK;
    t1 &= MASK;
    t2 &= MASK;
    t3 &= MASK;
    long minus = ~(t4 >> 63);
    long s0 = t0 + ((p0 ^ minus) - minus);
    long s1 = t1 + ((p1 ^ minus) - minus) + (s0 >> BITS);
    long s2 = t2 + ((p2 ^ minus) - minus) + (s1 >> BITS);
    long s3 = t3 + ((p3 ^ minus) - minus) + (s2 >> BITS);
    long s4 = t4 + ((p4 ^ minus) - minus) + (s3 >> BITS);
    long keep = minus & (s4 >> 63);
    r[ro + 0] = (t0 & keep) | (s0 & MASK & ~keep);
    r[ro + 1] = (t1 & keep) | (s1 & MASK & ~keep);
    r[ro + 2] = (t2 & keep) | (s2 & MASK & ~keep);
    r[ro + 3] = (t3 & keep) | (s3 & MASK & ~keep);
    r[ro + 4] = (t4 & keep) | (s4 & ~keep);
  }
}
