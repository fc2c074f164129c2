package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.DodecicField;
import io.rekindle.evm.precompile.pairing.Endomorphism;
import io.rekindle.evm.precompile.pairing.Frobenius;
import io.rekindle.evm.precompile.pairing.MillerLines;
import io.rekindle.evm.precompile.pairing.MillerLoop;
import io.rekindle.evm.precompile.pairing.PrimeField;
import io.rekindle.evm.precompile.pairing.QuadraticField;
import io.rekindle.evm.precompile.pairing.ScalarSum;
import io.rekindle.evm.precompile.pairing.SignedDigits;
import io.rekindle.evm.precompile.pairing.TwistType;
import java.math.BigInteger;

/**
 * The curve BLS12-381: G1 is a subgroup of {@code y^2 = x^3 + 4} over Fp, G2 one of its twist
 * {@code y^2 = x^3 + 4 (1 + u)} over Fp2. All its numbers are polynomials of a parameter x, which
 * is negative. Carries scratch space: for one thread at a time.
 *
 * <p>Membership in the subgroups is tested by endomorphisms (Scott: "A note on group membership
 * tests for G1, G2 and GT on BLS pairing-friendly curves", 2021): on G1 phi is multiplication with
 * {@code -x^2}, on G2 psi is multiplication with x, and elsewhere they are not.
 */
final class Bls12381 {
  /** |x|; x itself is negative. */
  static final BigInteger X = new BigInteger("d201000000010000", 16);

  /** The order of G1 and of G2: x^4 - x^2 + 1. */
  static final BigInteger ORDER = X.pow(4).subtract(X.pow(2)).add(BigInteger.ONE);

  /** p = (x - 1)^2 r / 3 + x. */
  static final PrimeField FP =
      PrimeField.of(
          X.add(BigInteger.ONE).pow(2).multiply(ORDER).divide(BigInteger.valueOf(3)).subtract(X));

  private static final int XI = 1;
  private static final Frobenius FROBENIUS = new Frobenius(new QuadraticField(FP, XI));
  static final long[] B = FP.element(BigInteger.valueOf(4));
  private static final long[] TWIST_B = twistB();
  private static final long[] PSI_X = inverted(FROBENIUS.factor(1, 2));
  private static final long[] PSI_Y = inverted(FROBENIUS.factor(1, 3));
  private static final byte[] LOOP = SignedDigits.of(X);

  /** A generator of G1, affine. */
  static final long[] G1_GENERATOR =
      elements(
          "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb",
          "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1");

  /** A generator of G2, affine. */
  static final long[] G2_GENERATOR =
      elements(
          "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
          "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e",
          "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801",
          "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be");

  /** Multiplies with -x^2 on G1. */
  private static final Endomorphism PHI =
      new Endomorphism(newG1(), FP, G1_GENERATOR, ORDER, ORDER.subtract(X.pow(2)));

  private final QuadraticField fp2 = new QuadraticField(FP, XI);
  private final Curve g1 = newG1();
  private final Curve g2 = Curve.withZeroA(fp2, TWIST_B);
  private final DodecicField fp12 = new DodecicField(fp2, FROBENIUS);
  private MillerLoop loop = newLoop();

  private static long[] twistB() {
    QuadraticField fp2 = new QuadraticField(FP, XI);
    long[] b = new long[fp2.size()];
    FP.copy(b, 0, B, 0);
    fp2.mulByXi(b, 0, b, 0);
    return b;
  }

  private static long[] inverted(long[] element) {
    QuadraticField fp2 = new QuadraticField(FP, XI);
    long[] inverse = new long[fp2.size()];
    fp2.invert(inverse, 0, element, 0);
    return inverse;
  }

  /** Elements of Fp one after another, from hexadecimal numbers. */
  static long[] elements(String... numbers) {
    int n = FP.size();
    long[] elements = new long[numbers.length * n];
    for (int i = 0; i < numbers.length; i++) {
      FP.copy(elements, i * n, FP.element(new BigInteger(numbers[i], 16)), 0);
    }
    return elements;
  }

  /** G1 alone, where nothing else is wanted. */
  static Curve newG1() {
    return Curve.withZeroA(FP, B);
  }

  private MillerLoop newLoop() {
    return new MillerLoop(fp12, fp2, TwistType.M, LOOP);
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

  /** Whether a point of G1's curve, affine, is in G1: phi(P) + x^2 P = 0. */
  static boolean isInG1(Curve g1, long[] p) {
    int n = FP.size();
    long[] point = new long[3 * n];
    long[] multiple = new long[3 * n];
    g1.fromAffine(point, 0, p, 0);
    g1.multiply(multiple, 0, point, 0, X);
    g1.multiply(multiple, 0, multiple, 0, X);
    FP.mul(point, 0, point, 0, PHI.beta(), 0);
    g1.negateY(point, 0);
    return g1.equal(point, 0, multiple, 0);
  }

  /** Whether a point of the twist, affine, is in G2: psi(Q) + |x| Q = 0. */
  boolean isInG2(long[] q) {
    long[] point = new long[g2.size()];
    long[] multiple = new long[g2.size()];
    g2.fromAffine(point, 0, q, 0);
    g2.multiply(multiple, 0, point, 0, X);
    psi(point, point);
    g2.negateY(point, 0);
    return g2.equal(point, 0, multiple, 0);
  }

  /** r = psi(p): onto the curve, the Frobenius map, and back onto the twist. Jacobian. */
  void psi(long[] r, long[] p) {
    int n = fp2.size();
    for (int coordinate = 0; coordinate < 3; coordinate++) {
      fp2.conjugate(r, coordinate * n, p, coordinate * n);
    }
    fp2.mul(r, 0, r, 0, PSI_X, 0);
    fp2.mul(r, n, r, n, PSI_Y, 0);
  }

  /** Adds k times a point of G1 to a sum, as two halves of k. */
  static void addG1(ScalarSum sum, long[] p, BigInteger k) {
    PHI.add(sum, p, 0, k);
  }

  /**
   * Adds k times a point of G2 to a sum, as four quarters of k: its digits in base |x|, since
   * multiplication with |x| is -psi (Galbraith, Lin, Scott: "Endomorphisms for Faster Elliptic
   * Curve Cryptography on a Large Class of Curves", 2009).
   */
  void addG2(ScalarSum sum, long[] q, BigInteger k) {
    BigInteger[] digits = new BigInteger[4];
    BigInteger rest = k.mod(ORDER);
    for (int i = 0; i < 4; i++) {
      BigInteger[] parts = rest.divideAndRemainder(X);
      digits[i] = i % 2 == 0 ? parts[1] : parts[1].negate();
      rest = parts[0];
    }
    sum.add(q, 0, this::psiAffine, digits);
  }

  /** r = psi(p), both affine. */
  private void psiAffine(long[] r, int ro, long[] p, int po) {
    int n = fp2.size();
    fp2.conjugate(r, ro, p, po);
    fp2.conjugate(r, ro + n, p, po + n);
    fp2.mul(r, ro, r, ro, PSI_X, 0);
    fp2.mul(r, ro + n, r, ro + n, PSI_Y, 0);
  }

  /** The lines of a point of G2, affine and not infinite. */
  MillerLines lines(long[] q) {
    return MillerLines.of(fp2, TWIST_B, LOOP, q, 0);
  }

  /** Multiplies e(P, Q) to the product, for affine points of G1 and G2. */
  void pair(long[] p, long[] q) {
    if (!g2.isAffineInfinity(q, 0)) {
      pair(p, lines(q));
    }
  }

  /** Multiplies e(P, Q) to the product, for an affine point of G1 and the lines of Q. */
  void pair(long[] p, MillerLines lines) {
    if (!g1.isAffineInfinity(p, 0)) {
      loop.pair(p, lines);
    }
  }

  /** Whether the product of the pairings so far is one; the next product starts anew. */
  boolean productIsOne() {
    long[] one = new long[fp12.size()];
    fp12.setOne(one, 0);
    return fp12.equal(product(), 0, one, 0);
  }

  /** The product of the pairs so far, to the power of 3 (p^12 - 1) / r. */
  long[] product() {
    long[] f = loop.run();
    loop = newLoop();
    fp12.conjugate(f, 0, f, 0); // the loop's number is negative
    return finalPower(f);
  }

  /**
   * The hard part, (p^4 - p^2 + 1) / r, times 3 is (x - 1)^2 (x + p) (x^2 + p^2 - 1) + 3
   * (Hayashida, Hayasaka, Teruya: "Efficient Final Exponentiation via Cyclotomic Structure", 2020).
   */
  private long[] finalPower(long[] f) {
    int size = fp12.size();
    long[] m = new long[size];
    long[] s = new long[size];
    fp12.conjugate(m, 0, f, 0);
    fp12.invert(s, 0, f, 0);
    fp12.mul(m, 0, m, 0, s, 0);
    fp12.frobenius(s, 0, m, 0, 2);
    fp12.mul(m, 0, m, 0, s, 0);
    // From here on an inverse is a conjugate.
    long[] t = powerLessOne(powerLessOne(m));
    fp12.frobenius(s, 0, t, 0, 1);
    t = power(t);
    fp12.mul(t, 0, t, 0, s, 0);
    long[] u = power(power(t));
    fp12.frobenius(s, 0, t, 0, 2);
    fp12.mul(u, 0, u, 0, s, 0);
    fp12.conjugate(t, 0, t, 0);
    fp12.mul(u, 0, u, 0, t, 0);
    fp12.cyclotomicSquare(s, 0, m, 0);
    fp12.mul(u, 0, u, 0, s, 0);
    fp12.mul(u, 0, u, 0, m, 0);
    return u;
  }

  /** a to the power of x. */
  private long[] power(long[] a) {
    long[] r = new long[fp12.size()];
    fp12.cyclotomicPow(r, 0, a, 0, X);
    fp12.conjugate(r, 0, r, 0);
    return r;
  }

  /** a to the power of x - 1. */
  private long[] powerLessOne(long[] a) {
    long[] r = power(a);
    long[] inverse = new long[fp12.size()];
    fp12.conjugate(inverse, 0, a, 0);
    fp12.mul(r, 0, r, 0, inverse, 0);
    return r;
  }
}
