package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;

/**
 * Points of {@code y^2 = x^3 + b} in Jacobian coordinates: (X, Y, Z) stands for (X / Z^2, Y / Z^3),
 * and Z = 0 for the point at infinity. An affine point is x and then y, and (0, 0), which is on no
 * curve here, stands for infinity. The result of an operation may be where its operands are.
 * Carries scratch space: for one thread at a time.
 *
 * <p>Formulas: Bernstein, Lange: Explicit-Formulas Database (dbl-2009-l, add-2007-bl,
 * madd-2007-bl).
 */
public final class Curve {
  private final Field f;
  private final long[] b;
  private final int n;
  private final long[] t0;
  private final long[] t1;
  private final long[] t2;
  private final long[] t3;
  private final long[] t4;
  private final long[] t5;
  private final long[] t6;

  private Curve(Field f, long[] b) {
    this.f = f;
    this.b = b;
    n = f.size();
    t0 = new long[n];
    t1 = new long[n];
    t2 = new long[n];
    t3 = new long[n];
    t4 = new long[n];
    t5 = new long[n];
    t6 = new long[n];
  }

  /** y^2 = x^3 + b. */
  public static Curve withZeroA(Field field, long[] b) {
    return new Curve(field, b);
  }

  public Field field() {
    return f;
  }

  /** Longs of an affine point. */
  public int affineSize() {
    return 2 * n;
  }

  /** Longs of a point in Jacobian coordinates. */
  public int size() {
    return 3 * n;
  }

  /** Whether an affine point is on the curve; infinity is. */
  public boolean isOnCurve(long[] p, int po) {
    if (isAffineInfinity(p, po)) {
      return true;
    }
    f.square(t0, 0, p, po);
    f.mul(t0, 0, t0, 0, p, po);
    f.add(t0, 0, t0, 0, b, 0);
    f.square(t1, 0, p, po + n);
    return f.equal(t0, 0, t1, 0);
  }

  public boolean isAffineInfinity(long[] p, int po) {
    return f.isZero(p, po) && f.isZero(p, po + n);
  }

  public boolean isInfinity(long[] p, int po) {
    return f.isZero(p, po + 2 * n);
  }

  /** r = infinity. */
  public void setInfinity(long[] r, int ro) {
    f.setOne(r, ro);
    f.setOne(r, ro + n);
    f.setZero(r, ro + 2 * n);
  }

  public void copy(long[] r, int ro, long[] p, int po) {
    System.arraycopy(p, po, r, ro, 3 * n);
  }

  /** r = the affine point p. */
  public void fromAffine(long[] r, int ro, long[] p, int po) {
    if (isAffineInfinity(p, po)) {
      setInfinity(r, ro);
      return;
    }
    System.arraycopy(p, po, r, ro, 2 * n);
    f.setOne(r, ro + 2 * n);
  }

  /** r = -p, both Jacobian or both affine but for Z, which is left alone. */
  public void negateY(long[] r, int ro) {
    f.negate(r, ro + n, r, ro + n);
  }

  /** Whether two points in Jacobian coordinates are the same. */
  public boolean equal(long[] p, int po, long[] q, int qo) {
    boolean infinite = isInfinity(p, po);
    if (infinite || isInfinity(q, qo)) {
      return infinite && isInfinity(q, qo);
    }
    f.square(t0, 0, p, po + 2 * n);
    f.square(t1, 0, q, qo + 2 * n);
    f.mul(t2, 0, p, po, t1, 0);
    f.mul(t3, 0, q, qo, t0, 0);
    if (!f.equal(t2, 0, t3, 0)) {
      return false;
    }
    f.mul(t0, 0, t0, 0, p, po + 2 * n);
    f.mul(t1, 0, t1, 0, q, qo + 2 * n);
    f.mul(t2, 0, p, po + n, t1, 0);
    f.mul(t3, 0, q, qo + n, t0, 0);
    return f.equal(t2, 0, t3, 0);
  }

  /** r = 2 p. */
  public void twice(long[] r, int ro, long[] p, int po) {
    f.square(t3, 0, p, po);
    f.add(t0, 0, t3, 0, t3, 0);
    f.add(t0, 0, t0, 0, t3, 0);
    f.square(t1, 0, p, po + n);
    f.square(t2, 0, t1, 0);
    f.add(t1, 0, t1, 0, p, po);
    f.square(t1, 0, t1, 0);
    f.sub(t1, 0, t1, 0, t3, 0);
    f.sub(t1, 0, t1, 0, t2, 0);
    f.add(t1, 0, t1, 0, t1, 0);
    f.mul(t3, 0, p, po + n, p, po + 2 * n);
    f.add(r, ro + 2 * n, t3, 0, t3, 0);
    f.square(t3, 0, t0, 0);
    f.sub(t3, 0, t3, 0, t1, 0);
    f.sub(r, ro, t3, 0, t1, 0);
    f.sub(t1, 0, t1, 0, r, ro);
    f.mul(t1, 0, t0, 0, t1, 0);
    f.add(t2, 0, t2, 0, t2, 0);
    f.add(t2, 0, t2, 0, t2, 0);
    f.add(t2, 0, t2, 0, t2, 0);
    f.sub(r, ro + n, t1, 0, t2, 0);
  }

  /** r = p + q. */
  public void add(long[] r, int ro, long[] p, int po, long[] q, int qo) {
    if (isInfinity(q, qo)) {
      copy(r, ro, p, po);
      return;
    }
    if (isInfinity(p, po)) {
      copy(r, ro, q, qo);
      return;
    }
    f.square(t0, 0, p, po + 2 * n);
    f.square(t1, 0, q, qo + 2 * n);
    f.mul(t2, 0, p, po, t1, 0);
    f.mul(t3, 0, q, qo, t0, 0);
    f.mul(t4, 0, q, qo + 2 * n, t1, 0);
    f.mul(t4, 0, t4, 0, p, po + n);
    f.mul(t5, 0, p, po + 2 * n, t0, 0);
    f.mul(t5, 0, t5, 0, q, qo + n);
    f.sub(t3, 0, t3, 0, t2, 0);
    f.sub(t5, 0, t5, 0, t4, 0);
    if (f.isZero(t3, 0)) {
      sameX(r, ro, p, po);
      return;
    }
    f.add(t6, 0, p, po + 2 * n, q, qo + 2 * n);
    f.square(t6, 0, t6, 0);
    f.sub(t6, 0, t6, 0, t0, 0);
    f.sub(t6, 0, t6, 0, t1, 0);
    finishAdd(r, ro);
  }

  /** r = p + q, where q is affine. */
  public void addAffine(long[] r, int ro, long[] p, int po, long[] q, int qo) {
    if (isAffineInfinity(q, qo)) {
      copy(r, ro, p, po);
      return;
    }
    if (isInfinity(p, po)) {
      fromAffine(r, ro, q, qo);
      return;
    }
    f.square(t0, 0, p, po + 2 * n);
    f.copy(t2, 0, p, po);
    f.copy(t4, 0, p, po + n);
    f.mul(t3, 0, q, qo, t0, 0);
    f.mul(t5, 0, p, po + 2 * n, t0, 0);
    f.mul(t5, 0, t5, 0, q, qo + n);
    f.sub(t3, 0, t3, 0, t2, 0);
    f.sub(t5, 0, t5, 0, t4, 0);
    if (f.isZero(t3, 0)) {
      sameX(r, ro, p, po);
      return;
    }
    f.add(t6, 0, p, po + 2 * n, p, po + 2 * n);
    finishAdd(r, ro);
  }

  /** p plus a point of the same x: t5 is zero where the two are equal. */
  private void sameX(long[] r, int ro, long[] p, int po) {
    if (f.isZero(t5, 0)) {
      twice(r, ro, p, po);
    } else {
      setInfinity(r, ro);
    }
  }

  /** Ends an addition: t2 = U1, t4 = S1, t3 = H = U2 - U1, t5 = S2 - S1, t6 = 2 Z1 Z2. */
  private void finishAdd(long[] r, int ro) {
    f.mul(r, ro + 2 * n, t6, 0, t3, 0);
    f.add(t0, 0, t3, 0, t3, 0);
    f.square(t0, 0, t0, 0);
    f.mul(t1, 0, t3, 0, t0, 0);
    f.mul(t2, 0, t2, 0, t0, 0);
    f.add(t5, 0, t5, 0, t5, 0);
    f.square(t0, 0, t5, 0);
    f.sub(t0, 0, t0, 0, t1, 0);
    f.sub(t0, 0, t0, 0, t2, 0);
    f.sub(r, ro, t0, 0, t2, 0);
    f.sub(t2, 0, t2, 0, r, ro);
    f.mul(t2, 0, t2, 0, t5, 0);
    f.mul(t4, 0, t4, 0, t1, 0);
    f.add(t4, 0, t4, 0, t4, 0);
    f.sub(r, ro + n, t2, 0, t4, 0);
  }

  /** r = the affine form of p. */
  public void toAffine(long[] r, int ro, long[] p, int po) {
    if (isInfinity(p, po)) {
      f.setZero(r, ro);
      f.setZero(r, ro + n);
      return;
    }
    f.invert(t0, 0, p, po + 2 * n);
    scaleToAffine(r, ro, p, po);
  }

  /** With t0 = 1 / Z. */
  private void scaleToAffine(long[] r, int ro, long[] p, int po) {
    f.square(t1, 0, t0, 0);
    f.mul(t0, 0, t0, 0, t1, 0);
    f.mul(r, ro, p, po, t1, 0);
    f.mul(r, ro + n, p, po + n, t0, 0);
  }

  /**
   * The affine forms of {@code count} points one after another, none of them infinite, with one
   * inversion (Montgomery's trick).
   */
  public long[] toAffine(long[] points, int count) {
    long[] products = new long[(count + 1) * n];
    f.setOne(products, 0);
    for (int i = 0; i < count; i++) {
      f.mul(products, (i + 1) * n, products, i * n, points, 3 * n * i + 2 * n);
    }
    long[] inverse = new long[n];
    f.invert(inverse, 0, products, count * n);
    long[] affine = new long[2 * n * count];
    for (int i = count - 1; i >= 0; i--) {
      f.mul(t0, 0, inverse, 0, products, i * n);
      f.mul(inverse, 0, inverse, 0, points, 3 * n * i + 2 * n);
      scaleToAffine(affine, 2 * n * i, points, 3 * n * i);
    }
    return affine;
  }

  /** r = k p by doubling and adding, for a k of few bits, or where time does not matter. */
  public void multiply(long[] r, int ro, long[] p, int po, BigInteger k) {
    long[] base = new long[3 * n];
    copy(base, 0, p, po);
    long[] sum = new long[3 * n];
    setInfinity(sum, 0);
    for (int bit = k.bitLength() - 1; bit >= 0; bit--) {
      twice(sum, 0, sum, 0);
      if (k.testBit(bit)) {
        add(sum, 0, sum, 0, base, 0);
      }
    }
    copy(r, ro, sum, 0);
  }
}
