package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.pairing.Field;
import io.rekindle.evm.precompile.pairing.PrimeField;

/**
 * From a field element to a point: the simplified map of Shallue, van de Woestijne and Ulas onto a
 * curve {@code y^2 = x^3 + A x + B} with A and B not zero, and from there by an isogeny (RFC 9380,
 * sections 6.6.2 and 6.6.3; Wahby, Boneh: "Fast and simple constant-time hashing to the BLS12-381
 * elliptic curve", 2019). The point is on the curve of G1 or G2, not yet in the subgroup. For one
 * thread at a time.
 */
abstract class MapToCurve {
  private static final PrimeField FP = Bls12381.FP;
  private final Field f;
  private final int n;
  private final long[] a;
  private final long[] b;
  private final long[] z;
  private final long[][] isogeny;
  private final long[] one;

  MapToCurve(Field f, long[] a, long[] b, long[] z, long[][] isogeny) {
    this.f = f;
    this.a = a;
    this.b = b;
    this.z = z;
    this.isogeny = isogeny;
    n = f.size();
    one = new long[n];
    f.setOne(one, 0);
  }

  /** r = a square root of a, or false where there is none. */
  abstract boolean root(long[] r, long[] square);

  /** The map's point in Jacobian coordinates. */
  final long[] map(long[] u) {
    long[] x = new long[n];
    long[] y = new long[n];
    long[] zu2 = new long[n];
    f.square(zu2, 0, u, 0);
    f.mul(zu2, 0, zu2, 0, z, 0);
    firstX(x, zu2);
    long[] right = rightSide(x);
    if (!root(y, right)) {
      f.mul(x, 0, x, 0, zu2, 0);
      if (!root(y, rightSide(x))) {
        throw new AssertionError("one of the two is a square");
      }
    }
    if (sign(u) != sign(y)) {
      f.negate(y, 0, y, 0);
    }
    return throughIsogeny(x, y);
  }

  /** x = -B / A (1 + 1 / (Z^2 u^4 + Z u^2)), or B / (Z A) where that divides by zero. */
  private void firstX(long[] x, long[] zu2) {
    long[] t = new long[n];
    f.square(t, 0, zu2, 0);
    f.add(t, 0, t, 0, zu2, 0);
    if (f.isZero(t, 0)) {
      f.mul(x, 0, z, 0, a, 0);
      f.invert(x, 0, x, 0);
      f.mul(x, 0, x, 0, b, 0);
      return;
    }
    // -B (t + 1) / (A t)
    f.mul(x, 0, a, 0, t, 0);
    f.invert(x, 0, x, 0);
    f.add(t, 0, t, 0, one, 0);
    f.mul(x, 0, x, 0, t, 0);
    f.mul(x, 0, x, 0, b, 0);
    f.negate(x, 0, x, 0);
  }

  private long[] rightSide(long[] x) {
    long[] right = new long[n];
    f.square(right, 0, x, 0);
    f.add(right, 0, right, 0, a, 0);
    f.mul(right, 0, right, 0, x, 0);
    f.add(right, 0, right, 0, b, 0);
    return right;
  }

  /** The parity of the first part that is not zero (RFC 9380, section 4.1). */
  private int sign(long[] element) {
    for (int part = 0; part < n; part += FP.size()) {
      if (!FP.isZero(element, part)) {
        return FP.isOdd(element, part) ? 1 : 0;
      }
    }
    return 0;
  }

  /** With Z the product of the denominators; where one is zero the point is infinity. */
  private long[] throughIsogeny(long[] x, long[] y) {
    long[] xTop = evaluate(isogeny[0], x);
    long[] xBottom = evaluate(isogeny[1], x);
    long[] yTop = evaluate(isogeny[2], x);
    long[] yBottom = evaluate(isogeny[3], x);
    long[] point = new long[3 * n];
    f.mul(point, 2 * n, xBottom, 0, yBottom, 0);
    long[] square = new long[n];
    f.square(square, 0, point, 2 * n);
    // xTop / xBottom * Z^2 = xTop * yBottom * Z
    f.mul(point, 0, xTop, 0, yBottom, 0);
    f.mul(point, 0, point, 0, point, 2 * n);
    // y * yTop / yBottom * Z^3 = y * yTop * xBottom * Z^2
    f.mul(point, n, y, 0, yTop, 0);
    f.mul(point, n, point, n, xBottom, 0);
    f.mul(point, n, point, n, square, 0);
    return point;
  }

  private long[] evaluate(long[] polynomial, long[] x) {
    long[] sum = new long[n];
    for (int i = polynomial.length - n; i >= 0; i -= n) {
      f.mul(sum, 0, sum, 0, x, 0);
      f.add(sum, 0, sum, 0, polynomial, i);
    }
    return sum;
  }
}
