package io.rekindle.evm.precompile.bn254;

import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.DodecicField;
import io.rekindle.evm.precompile.pairing.Endomorphism;
import io.rekindle.evm.precompile.pairing.Frobenius;
import io.rekindle.evm.precompile.pairing.MillerLines;
import io.rekindle.evm.precompile.pairing.MillerLoop;
import io.rekindle.evm.precompile.pairing.PrimeField;
import io.rekindle.evm.precompile.pairing.QuadraticField;
import io.rekindle.evm.precompile.pairing.SignedDigits;
import io.rekindle.evm.precompile.pairing.TwistType;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The curve alt_bn128 (EIP-196, EIP-197), a Barreto-Naehrig curve: G1 is {@code y^2 = x^3 + 3} over
 * Fp, G2 a subgroup of its twist {@code y^2 = x^3 + 3 / (9 + u)} over Fp2. Carries scratch space:
 * for one thread at a time.
 *
 * <p>The pairing is the optimal ate pairing (Vercauteren, 2010): Miller's loop over 6 t + 2 and two
 * more lines, through the images of Q under the Frobenius map.
 */
public final class Bn254 {
  /** The curve's parameter: all its numbers are polynomials of it. */
  static final BigInteger T = BigInteger.valueOf(4_965_661_367_192_848_881L);

  static final PrimeField FP = PrimeField.of(polynomial(36, 36, 24, 6, 1));

  /** The order of G1 and of G2. */
  static final BigInteger ORDER = polynomial(36, 36, 18, 6, 1);

  private static final int XI = 9;
  private static final Frobenius FROBENIUS = new Frobenius(new QuadraticField(FP, XI));
  private static final long[] B = FP.element(BigInteger.valueOf(3));
  static final long[] TWIST_B = twistB();

  /** Multiplies with 36 t^3 + 18 t^2 + 6 t + 1 on G1. */
  static final Endomorphism ENDOMORPHISM =
      new Endomorphism(newG1(), FP, generator(), ORDER, polynomial(36, 18, 6, 1));

  private static final byte[] LOOP =
      SignedDigits.of(T.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO));

  private final QuadraticField fp2 = new QuadraticField(FP, XI);
  private final Curve g1 = newG1();
  private final Curve g2 = Curve.withZeroA(fp2, TWIST_B);
  private final DodecicField fp12 = new DodecicField(fp2, FROBENIUS);
  private MillerLoop loop = newLoop();

  private static BigInteger polynomial(int... coefficients) {
    BigInteger value = BigInteger.ZERO;
    for (int coefficient : coefficients) {
      value = value.multiply(T).add(BigInteger.valueOf(coefficient));
    }
    return value;
  }

  /** (1, 2), which generates G1. */
  static long[] generator() {
    long[] point = new long[2 * FP.size()];
    FP.setOne(point, 0);
    FP.add(point, FP.size(), point, 0, point, 0);
    return point;
  }

  private static long[] twistB() {
    QuadraticField fp2 = new QuadraticField(FP, XI);
    long[] b = new long[fp2.size()];
    fp2.setOne(b, 0);
    fp2.mulByXi(b, 0, b, 0);
    fp2.invert(b, 0, b, 0);
    fp2.scale(b, 0, b, 0, B, 0);
    return b;
  }

  private MillerLoop newLoop() {
    return new MillerLoop(fp12, fp2, TwistType.D, LOOP);
  }

  /** G1 alone, where no pairing is wanted. */
  static Curve newG1() {
    return Curve.withZeroA(FP, B);
  }

  Curve g1() {
    return g1;
  }

  Curve g2() {
    return g2;
  }

  QuadraticField fp2() {
    return fp2;
  }

  DodecicField fp12() {
    return fp12;
  }

  /**
   * Whether a point of the twist, affine, is in G2: {@code (t+1) Q + psi(t Q) + psi^2(t Q) =
   * psi^3(2 t Q)} (El Housni, Guillevic, Piellard: "Co-factor Clearing and Subgroup Membership
   * Testing on Pairing-Friendly Curves", 2022).
   */
  boolean isInG2(long[] q) {
    int size = g2.size();
    long[] point = new long[size];
    g2.fromAffine(point, 0, q, 0);
    long[] multiple = new long[size];
    g2.multiply(multiple, 0, point, 0, T);
    g2.add(point, 0, point, 0, multiple, 0);
    long[] image = new long[size];
    psi(image, multiple, 1);
    g2.add(point, 0, point, 0, image, 0);
    psi(image, multiple, 2);
    g2.add(point, 0, point, 0, image, 0);
    g2.twice(multiple, 0, multiple, 0);
    psi(image, multiple, 3);
    return g2.equal(point, 0, image, 0);
  }

  /** r = psi^i(p): onto the curve, the Frobenius map, and back onto the twist. Jacobian. */
  private void psi(long[] r, long[] p, int i) {
    int n = fp2.size();
    for (int coordinate = 0; coordinate < 3; coordinate++) {
      if (i % 2 == 1) {
        fp2.conjugate(r, coordinate * n, p, coordinate * n);
      } else {
        fp2.copy(r, coordinate * n, p, coordinate * n);
      }
    }
    fp2.mul(r, 0, r, 0, FROBENIUS.factor(i, 2), 0);
    fp2.mul(r, n, r, n, FROBENIUS.factor(i, 3), 0);
  }

  /** Multiplies e(P, Q) to the product, for affine points of G1 and G2. */
  void pair(long[] p, long[] q) {
    if (g1.isAffineInfinity(p, 0) || g2.isAffineInfinity(q, 0)) {
      return;
    }
    MillerLines lines = MillerLines.of(fp2, TWIST_B, LOOP, q, 0);
    int n = fp2.size();
    long[] image = new long[g2.size()];
    long[] jacobian = Arrays.copyOf(q, g2.size());
    fp2.setOne(jacobian, 2 * n);
    psi(image, jacobian, 1);
    lines.add(image, 0);
    psi(image, jacobian, 2);
    g2.negateY(image, 0);
    lines.add(image, 0);
    loop.pair(p, lines);
  }

  /** The product of the pairs so far, to a power that keeps only the product of pairings. */
  long[] product() {
    long[] f = loop.run();
    loop = newLoop();
    return finalPower(f);
  }

  /** Whether the product of the pairings so far is one. */
  boolean productIsOne() {
    long[] one = new long[fp12.size()];
    fp12.setOne(one, 0);
    return fp12.equal(product(), 0, one, 0);
  }

  /**
   * f to the power of a multiple, prime to the order, of (p^12 - 1) / r (Fuentes-Castaneda, Knapp,
   * Rodriguez-Henriquez: "Faster Hashing to G2", 2011).
   */
  private long[] finalPower(long[] f) {
    int size = fp12.size();
    long[] r = new long[size];
    long[] s = new long[size];
    fp12.conjugate(r, 0, f, 0);
    fp12.invert(s, 0, f, 0);
    fp12.mul(r, 0, r, 0, s, 0);
    fp12.frobenius(s, 0, r, 0, 2);
    fp12.mul(r, 0, r, 0, s, 0);
    // From here on an inverse is a conjugate.
    long[] y1 = power(r);
    fp12.cyclotomicSquare(y1, 0, y1, 0);
    long[] y3 = square(y1);
    fp12.mul(y3, 0, y3, 0, y1, 0);
    long[] y4 = power(y3);
    long[] y6 = power(square(y4));
    fp12.conjugate(y3, 0, y3, 0);
    fp12.conjugate(y6, 0, y6, 0);
    long[] y8 = product(product(y6, y4), y3);
    long[] y9 = product(y8, y1);
    long[] y11 = product(product(y8, y4), r);
    fp12.frobenius(s, 0, y9, 0, 1);
    fp12.mul(y11, 0, y11, 0, s, 0);
    fp12.frobenius(s, 0, y8, 0, 2);
    fp12.mul(y11, 0, y11, 0, s, 0);
    fp12.conjugate(r, 0, r, 0);
    fp12.mul(r, 0, r, 0, y9, 0);
    fp12.frobenius(s, 0, r, 0, 3);
    fp12.mul(y11, 0, y11, 0, s, 0);
    return y11;
  }

  /** x to the power of -t. */
  private long[] power(long[] x) {
    long[] r = new long[fp12.size()];
    fp12.cyclotomicPow(r, 0, x, 0, T);
    fp12.conjugate(r, 0, r, 0);
    return r;
  }

  private long[] square(long[] x) {
    long[] r = new long[fp12.size()];
    fp12.cyclotomicSquare(r, 0, x, 0);
    return r;
  }

  private long[] product(long[] x, long[] y) {
    long[] r = new long[fp12.size()];
    fp12.mul(r, 0, x, 0, y, 0);
    return r;
  }
}
