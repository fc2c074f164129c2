package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;

/**
 * Fp12 = Fp6[w] / (w^2 - v): an element is c0 + c1 * w, c0 first. Carries scratch space: for one
 * thread at a time.
 */
public final class DodecicField extends Field {
  private final CubicField fp6;
  private final QuadraticField fp2;
  private final Frobenius frobenius;
  private final int n;
  private final int n2;
  private final long[] zero;
  private final long[] s;
  private final long[] t;
  private final long[] v0;
  private final long[] v1;
  private final long[] square;
  private final long[] squareOfX;
  private final long[] squareOfY;
  private final long[] squareOfSum;

  public DodecicField(QuadraticField fp2, Frobenius frobenius) {
    super(6 * fp2.size());
    this.fp2 = fp2;
    this.frobenius = frobenius;
    fp6 = new CubicField(fp2);
    n2 = fp2.size();
    n = fp6.size();
    zero = new long[2 * n];
    s = new long[n];
    t = new long[n];
    v0 = new long[n];
    v1 = new long[n];
    square = new long[2 * n];
    squareOfX = new long[fp2.wideSize()];
    squareOfY = new long[fp2.wideSize()];
    squareOfSum = new long[fp2.wideSize()];
  }

  @Override
  public void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    fp6.add(r, ro, a, ao, b, bo);
    fp6.add(r, ro + n, a, ao + n, b, bo + n);
  }

  @Override
  public void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    fp6.sub(r, ro, a, ao, b, bo);
    fp6.sub(r, ro + n, a, ao + n, b, bo + n);
  }

  @Override
  public void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    fp6.add(s, 0, a, ao, a, ao + n);
    fp6.add(t, 0, b, bo, b, bo + n);
    fp6.mul(v0, 0, a, ao, b, bo);
    fp6.mul(v1, 0, a, ao + n, b, bo + n);
    fp6.mul(s, 0, s, 0, t, 0);
    gather(r, ro);
  }

  /** r = (v0 + v * v1) + (s - v0 - v1) w. */
  private void gather(long[] r, int ro) {
    fp6.sub(s, 0, s, 0, v0, 0);
    fp6.sub(r, ro + n, s, 0, v1, 0);
    fp6.mulByV(v1, 0, v1, 0);
    fp6.add(r, ro, v0, 0, v1, 0);
  }

  /** (c0 + c1)(c0 + v c1) - c0 c1 - v c0 c1 and 2 c0 c1. */
  @Override
  public void square(long[] r, int ro, long[] a, int ao) {
    fp6.mul(v0, 0, a, ao, a, ao + n);
    fp6.add(s, 0, a, ao, a, ao + n);
    fp6.mulByV(t, 0, a, ao + n);
    fp6.add(t, 0, t, 0, a, ao);
    fp6.mul(s, 0, s, 0, t, 0);
    fp6.sub(s, 0, s, 0, v0, 0);
    fp6.mulByV(t, 0, v0, 0);
    fp6.sub(r, ro, s, 0, t, 0);
    fp6.add(r, ro + n, v0, 0, v0, 0);
  }

  /** (c0 - c1 w) / (c0^2 - v c1^2). */
  @Override
  public void invert(long[] r, int ro, long[] a, int ao) {
    fp6.square(v0, 0, a, ao);
    fp6.square(v1, 0, a, ao + n);
    fp6.mulByV(v1, 0, v1, 0);
    fp6.sub(v0, 0, v0, 0, v1, 0);
    fp6.invert(v0, 0, v0, 0);
    fp6.mul(r, ro, a, ao, v0, 0);
    fp6.mul(s, 0, a, ao + n, v0, 0);
    fp6.negate(r, ro + n, s, 0);
  }

  /** r = c0 - c1 w, which is a to the power of p^6. */
  public void conjugate(long[] r, int ro, long[] a, int ao) {
    fp6.copy(r, ro, a, ao);
    fp6.negate(r, ro + n, a, ao + n);
  }

  /** r = a to the power of p^i, i from 1 to 3. */
  public void frobenius(long[] r, int ro, long[] a, int ao, int i) {
    for (int k = 0; k < 6; k++) {
      int place = (k % 2) * n + (k / 2) * n2;
      if (i % 2 == 1) {
        fp2.conjugate(r, ro + place, a, ao + place);
      } else {
        fp2.copy(r, ro + place, a, ao + place);
      }
      fp2.mul(r, ro + place, r, ro + place, frobenius.factor(i, k), 0);
    }
  }

  /** a *= b0 + (b3 + b4 v) w: a line of a D-type twist. */
  void mulBy034(long[] a, int ao, long[] b0, long[] b3, long[] b4) {
    fp6.mulBy0(v0, 0, a, ao, b0, 0);
    fp6.mulBy01(v1, 0, a, ao + n, b3, 0, b4, 0);
    fp6.add(s, 0, a, ao, a, ao + n);
    fp2.add(t, 0, b0, 0, b3, 0);
    fp6.mulBy01(s, 0, s, 0, t, 0, b4, 0);
    gather(a, ao);
  }

  /** a *= b0 + b1 v + b4 v w: a line of an M-type twist. */
  void mulBy014(long[] a, int ao, long[] b0, long[] b1, long[] b4) {
    fp6.mulBy01(v0, 0, a, ao, b0, 0, b1, 0);
    fp6.mulBy1(v1, 0, a, ao + n, b4, 0);
    fp6.add(s, 0, a, ao, a, ao + n);
    fp2.add(t, 0, b1, 0, b4, 0);
    fp6.mulBy01(s, 0, s, 0, b0, 0, t, 0);
    gather(a, ao);
  }

  /** a *= b0 + b1 v + v w: a line of an M-type twist, divided by its part of y. */
  void mulBy01WithUnit4(long[] a, int ao, long[] b0, long[] b1) {
    fp6.mulBy01(v0, 0, a, ao, b0, 0, b1, 0);
    fp6.mulByV(v1, 0, a, ao + n);
    fp6.add(s, 0, a, ao, a, ao + n);
    fp2.setOne(t, 0);
    fp2.add(t, 0, t, 0, b1, 0);
    fp6.mulBy01(s, 0, s, 0, b0, 0, t, 0);
    gather(a, ao);
  }

  /**
   * r = a * a for an element whose order divides p^4 - p^2 + 1, by three squarings of Fp4 (Granger,
   * Scott: "Faster Squaring in the Cyclotomic Subgroup of Sixth Degree Extensions", 2010).
   */
  public void cyclotomicSquare(long[] r, int ro, long[] a, int ao) {
    squareFp4(0, a, ao, ao + n + n2);
    squareFp4(2 * n2, a, ao + n, ao + 2 * n2);
    squareFp4(4 * n2, a, ao + n2, ao + n + 2 * n2);
    fp2.mulByXi(t, 0, square, 5 * n2);
    threefoldMinus(r, ro, square, 0, a, ao);
    threefoldPlus(r, ro + n + n2, square, n2, a, ao + n + n2);
    threefoldPlus(r, ro + n, t, 0, a, ao + n);
    threefoldMinus(r, ro + 2 * n2, square, 4 * n2, a, ao + 2 * n2);
    threefoldMinus(r, ro + n2, square, 2 * n2, a, ao + n2);
    threefoldPlus(r, ro + n + 2 * n2, square, 3 * n2, a, ao + n + 2 * n2);
  }

  /** At {@code to}: x^2 + xi y^2, and then 2 x y. */
  private void squareFp4(int to, long[] a, int x, int y) {
    fp2.squareWide(squareOfX, 0, a, x);
    fp2.squareWide(squareOfY, 0, a, y);
    Limbs.add(s, 0, a, x, a, y, n2);
    fp2.squareWide(squareOfSum, 0, s, 0);
    for (int i = 0; i < squareOfSum.length; i++) {
      squareOfSum[i] -= squareOfX[i] + squareOfY[i];
    }
    fp2.reduce(square, to + n2, squareOfSum, 0);
    fp2.mulWideByXi(squareOfY, 0);
    Limbs.add(squareOfX, 0, squareOfX, 0, squareOfY, 0, squareOfX.length);
    fp2.reduce(square, to, squareOfX, 0);
  }

  /** r = 3 x - 2 a. */
  private void threefoldMinus(long[] r, int ro, long[] x, int xo, long[] a, int ao) {
    fp2.sub(s, 0, x, xo, a, ao);
    fp2.add(s, 0, s, 0, s, 0);
    fp2.add(r, ro, s, 0, x, xo);
  }

  /** r = 3 x + 2 a. */
  private void threefoldPlus(long[] r, int ro, long[] x, int xo, long[] a, int ao) {
    fp2.add(s, 0, x, xo, a, ao);
    fp2.add(s, 0, s, 0, s, 0);
    fp2.add(r, ro, s, 0, x, xo);
  }

  /** r = a to the power of a positive number, for a as in {@link #cyclotomicSquare}. */
  public void cyclotomicPow(long[] r, int ro, long[] a, int ao, BigInteger exponent) {
    long[] start = new long[2 * n];
    copy(start, 0, a, ao);
    long[] result = start.clone();
    for (int bit = exponent.bitLength() - 2; bit >= 0; bit--) {
      cyclotomicSquare(result, 0, result, 0);
      if (exponent.testBit(bit)) {
        mul(result, 0, result, 0, start, 0);
      }
    }
    copy(r, ro, result, 0);
  }

  @Override
  public void setOne(long[] r, int ro) {
    setZero(r, ro);
    fp6.setOne(r, ro);
  }

  @Override
  long[] zero() {
    return zero;
  }
}
