package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;

/**
 * The map (x, y) -> (beta x, y) of a curve with a = 0, where beta is a cube root of one: on the
 * points of prime order r it multiplies with a number lambda. A scalar k is split into two of half
 * its length with {@code k = k0 + k1 lambda} modulo r (Gallant, Lambert, Vanstone: "Faster Point
 * Multiplication on Elliptic Curves with Efficient Endomorphisms", 2001). Immutable.
 */
public final class Endomorphism {
  private final PrimeField field;
  private final BigInteger order;
  private final long[] beta;
  private final BigInteger a0;
  private final BigInteger b0;
  private final BigInteger a1;
  private final BigInteger b1;

  /**
   * @param point an affine point of the order, by which the right one of the two betas is known
   * @param lambda a root of lambda^2 + lambda + 1 modulo the order
   */
  public Endomorphism(
      Curve curve, PrimeField field, long[] point, BigInteger order, BigInteger lambda) {
    this.field = field;
    this.order = order;
    long[] image = new long[curve.size()];
    curve.fromAffine(image, 0, point, 0);
    curve.multiply(image, 0, image, 0, lambda);
    curve.toAffine(image, 0, image, 0);
    beta = new long[field.size()];
    field.invert(beta, 0, point, 0);
    field.mul(beta, 0, beta, 0, image, 0);
    // Short vectors (a, b) with a + b lambda = 0 modulo the order, by Euclid's algorithm.
    BigInteger[] before = {order, BigInteger.ZERO};
    BigInteger[] now = {lambda, BigInteger.ONE};
    BigInteger root = order.sqrt();
    while (now[0].compareTo(root) >= 0) {
      BigInteger[] next = remainder(before, now);
      before = now;
      now = next;
    }
    a0 = now[0];
    b0 = now[1].negate();
    BigInteger[] next = remainder(before, now);
    boolean beforeIsShorter = length(before).compareTo(length(next)) <= 0;
    a1 = beforeIsShorter ? before[0] : next[0];
    b1 = beforeIsShorter ? before[1].negate() : next[1].negate();
  }

  private static BigInteger[] remainder(BigInteger[] before, BigInteger[] now) {
    BigInteger quotient = before[0].divide(now[0]);
    return new BigInteger[] {
      before[0].subtract(quotient.multiply(now[0])), before[1].subtract(quotient.multiply(now[1]))
    };
  }

  private static BigInteger length(BigInteger[] vector) {
    return vector[0].pow(2).add(vector[1].pow(2));
  }

  /** The cube root of one, not to be written to. */
  public long[] beta() {
    return beta;
  }

  /** k0 and k1, of half the order's bits and either sign. */
  public BigInteger[] split(BigInteger k) {
    BigInteger scalar = k.mod(order);
    // (k, 0) less the nearest vector of the lattice, found by Cramer's rule.
    BigInteger determinant = a0.multiply(b1).subtract(a1.multiply(b0));
    BigInteger c0 = nearest(b1.multiply(scalar), determinant);
    BigInteger c1 = nearest(b0.negate().multiply(scalar), determinant);
    return new BigInteger[] {
      scalar.subtract(c0.multiply(a0)).subtract(c1.multiply(a1)),
      c0.multiply(b0).add(c1.multiply(b1)).negate()
    };
  }

  private static BigInteger nearest(BigInteger number, BigInteger divisor) {
    BigInteger doubled = number.shiftLeft(1).multiply(BigInteger.valueOf(divisor.signum()));
    BigInteger size = divisor.abs();
    BigInteger shifted = doubled.add(size);
    BigInteger[] parts = shifted.divideAndRemainder(size.shiftLeft(1));
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** Adds k times an affine point of the order to a sum. */
  public void add(ScalarSum sum, long[] affine, int at, BigInteger k) {
    sum.add(affine, at, this::apply, split(k));
  }

  private void apply(long[] r, int ro, long[] p, int po) {
    int n = field.size();
    field.mul(r, ro, p, po, beta, 0);
    field.copy(r, ro + n, p, po + n);
  }
}
