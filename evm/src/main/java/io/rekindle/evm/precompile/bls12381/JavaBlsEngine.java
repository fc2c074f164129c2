package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.MillerLines;
import io.rekindle.evm.precompile.pairing.PrimeField;
import io.rekindle.evm.precompile.pairing.ScalarSum;
import java.math.BigInteger;
import java.util.Arrays;

/** By our own code: for platforms without the native library, and two to five times slower. */
final class JavaBlsEngine implements BlsEngine {
  private static final PrimeField FP = Bls12381.FP;
  private static final BigInteger HALF = FP.modulus().shiftRight(1);
  private static final MillerLines TAU_LINES =
      new Bls12381().lines(PointEvaluation.TAU_G2).normalized();
  private static final MillerLines NEGATED_LINES = negatedGeneratorLines();

  private static MillerLines negatedGeneratorLines() {
    Bls12381 curve = new Bls12381();
    long[] negated = Bls12381.G2_GENERATOR.clone();
    curve.g2().negateY(negated, 0);
    return curve.lines(negated).normalized();
  }

  @Override
  public String name() {
    return "Java";
  }

  @Override
  public byte[] addG1(byte[] points) {
    Curve g1 = Bls12381.newG1();
    long[] p = BlsPoints.readOnCurve1(g1, points, 0);
    long[] q = BlsPoints.readOnCurve1(g1, points, BlsPoints.G1_BYTES);
    return p == null || q == null ? null : add(g1, p, q);
  }

  @Override
  public byte[] addG2(byte[] points) {
    Bls12381 curve = new Bls12381();
    long[] p = BlsPoints.readOnCurve2(curve, points, 0);
    long[] q = BlsPoints.readOnCurve2(curve, points, BlsPoints.G2_BYTES);
    return p == null || q == null ? null : add(curve.g2(), p, q);
  }

  private static byte[] add(Curve curve, long[] p, long[] q) {
    long[] sum = new long[curve.size()];
    curve.fromAffine(sum, 0, p, 0);
    curve.addAffine(sum, 0, sum, 0, q, 0);
    return BlsPoints.write(curve, sum);
  }

  @Override
  public byte[] sumG1(byte[] terms) {
    Curve g1 = Bls12381.newG1();
    ScalarSum sum = new ScalarSum(g1);
    for (int at = 0; at < terms.length; at += BlsPoints.G1_TERM_BYTES) {
      long[] point = BlsPoints.readG1(g1, terms, at);
      if (point == null) {
        return null;
      }
      Bls12381.addG1(sum, point, BlsPoints.readScalar(terms, at + BlsPoints.G1_BYTES));
    }
    return write(g1, sum);
  }

  @Override
  public byte[] sumG2(byte[] terms) {
    Bls12381 curve = new Bls12381();
    ScalarSum sum = new ScalarSum(curve.g2());
    for (int at = 0; at < terms.length; at += BlsPoints.G2_TERM_BYTES) {
      long[] point = BlsPoints.readG2(curve, terms, at);
      if (point == null) {
        return null;
      }
      curve.addG2(sum, point, BlsPoints.readScalar(terms, at + BlsPoints.G2_BYTES));
    }
    return write(curve.g2(), sum);
  }

  private static byte[] write(Curve curve, ScalarSum sum) {
    long[] result = new long[curve.size()];
    sum.sum(result, 0);
    return BlsPoints.write(curve, result);
  }

  @Override
  public byte[] pairing(byte[] pairs) {
    Bls12381 curve = new Bls12381();
    for (int at = 0; at < pairs.length; at += BlsPoints.PAIR_BYTES) {
      long[] p = BlsPoints.readG1(curve.g1(), pairs, at);
      long[] q = p == null ? null : BlsPoints.readG2(curve, pairs, at + BlsPoints.G1_BYTES);
      if (q == null) {
        return null;
      }
      curve.pair(p, q);
    }
    return BlsPoints.flag(curve.productIsOne());
  }

  @Override
  public boolean proves(byte[] points, BigInteger z, BigInteger y) {
    Curve g1 = Bls12381.newG1();
    long[] commitment = decompress(g1, points, 0);
    long[] proof = decompress(g1, points, BlsPoints.COMPRESSED_BYTES);
    if (commitment == null || proof == null) {
      return false;
    }
    ScalarSum sum = new ScalarSum(g1);
    Bls12381.addG1(sum, Bls12381.G1_GENERATOR, Bls12381.ORDER.subtract(y));
    Bls12381.addG1(sum, proof, z);
    long[] left = new long[g1.size()];
    sum.sum(left, 0);
    g1.addAffine(left, 0, left, 0, commitment, 0);
    g1.toAffine(left, 0, left, 0);
    Bls12381 curve = new Bls12381();
    curve.pair(left, NEGATED_LINES);
    curve.pair(proof, TAU_LINES);
    return curve.productIsOne();
  }

  /**
   * The affine point of G1 that 48 bytes stand for, or null: x with three flags in its highest
   * bits, compressed (always set), infinity, and whether y is the larger of the two.
   */
  private static long[] decompress(Curve g1, byte[] in, int offset) {
    byte[] bytes = Arrays.copyOfRange(in, offset, offset + BlsPoints.COMPRESSED_BYTES);
    int flags = bytes[0] & 0xE0;
    bytes[0] &= 0x1F;
    int n = FP.size();
    long[] point = new long[2 * n];
    if ((flags & 0x80) == 0 || !FP.read(point, 0, bytes, 0)) {
      return null;
    }
    if ((flags & 0x40) != 0) {
      return flags == 0xC0 && FP.isZero(point, 0) ? point : null;
    }
    FP.square(point, n, point, 0);
    FP.mul(point, n, point, n, point, 0);
    FP.add(point, n, point, n, Bls12381.B, 0);
    if (!SquareRoots.ofFp(point, n, point, n)) {
      return null;
    }
    boolean larger = FP.number(point, n).compareTo(HALF) > 0;
    if (larger != ((flags & 0x20) != 0)) {
      g1.negateY(point, 0);
    }
    return Bls12381.isInG1(g1, point) ? point : null;
  }
}
