package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.PrimeField;
import java.math.BigInteger;

/**
 * Numbers and points as EIP-2537 writes them: 64 bytes a number, big-endian, of which the first 16
 * are zero; a point is x and then y, infinity all zeros; an element of Fp2 is c0 and then c1.
 */
final class BlsPoints {
  static final int FP_BYTES = 64;
  static final int G1_BYTES = 2 * FP_BYTES;
  static final int G2_BYTES = 4 * FP_BYTES;
  static final int PAIR_BYTES = G1_BYTES + G2_BYTES;

  private static final int SCALAR_BYTES = 32;

  /** A point of G1 and what it is to be multiplied with. */
  static final int G1_TERM_BYTES = G1_BYTES + SCALAR_BYTES;

  /** A point of G2 and what it is to be multiplied with. */
  static final int G2_TERM_BYTES = G2_BYTES + SCALAR_BYTES;

  /** A point of G1 in EIP-4844's compressed form. */
  static final int COMPRESSED_BYTES = 48;

  private static final int PADDING = 16;
  private static final PrimeField FP = Bls12381.FP;
  private static final int N = FP.size();

  private BlsPoints() {}

  /** {@code count} numbers one after another, or null where one is not below the modulus. */
  static long[] readNumbers(byte[] in, int offset, int count) {
    long[] numbers = new long[count * N];
    for (int i = 0; i < count; i++) {
      int at = offset + i * FP_BYTES;
      if (!isPadded(in, at) || !FP.read(numbers, i * N, in, at + PADDING)) {
        return null;
      }
    }
    return numbers;
  }

  /** Whether the number at {@code offset} begins with its zeros. */
  static boolean isPadded(byte[] in, int offset) {
    for (int i = offset; i < offset + PADDING; i++) {
      if (in[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** A scalar, any number of 256 bits. */
  static BigInteger readScalar(byte[] in, int offset) {
    return new BigInteger(1, in, offset, SCALAR_BYTES);
  }

  /** An affine point of G1's curve, in the subgroup or not, or null. */
  static long[] readOnCurve1(Curve g1, byte[] in, int offset) {
    long[] point = readNumbers(in, offset, 2);
    return point != null && g1.isOnCurve(point, 0) ? point : null;
  }

  /** An affine point of G1, or null. */
  static long[] readG1(Curve g1, byte[] in, int offset) {
    long[] point = readOnCurve1(g1, in, offset);
    return point != null && Bls12381.isInG1(g1, point) ? point : null;
  }

  /** An affine point of the twist, in the subgroup or not, or null. */
  static long[] readOnCurve2(Bls12381 curve, byte[] in, int offset) {
    long[] point = readNumbers(in, offset, 4);
    return point != null && curve.g2().isOnCurve(point, 0) ? point : null;
  }

  /** An affine point of G2, or null. */
  static long[] readG2(Bls12381 curve, byte[] in, int offset) {
    long[] point = readOnCurve2(curve, in, offset);
    return point != null && curve.isInG2(point) ? point : null;
  }

  /** The bytes of a point in Jacobian coordinates, of either group. */
  static byte[] write(Curve curve, long[] point) {
    long[] affine = new long[curve.affineSize()];
    curve.toAffine(affine, 0, point, 0);
    return writeAffine(affine);
  }

  /** The bytes of an affine point of either group. */
  static byte[] writeAffine(long[] affine) {
    int count = affine.length / N;
    byte[] out = new byte[count * FP_BYTES];
    for (int i = 0; i < count; i++) {
      FP.write(out, i * FP_BYTES + PADDING, affine, i * N);
    }
    return out;
  }

  /** The word 0 or 1. */
  static byte[] flag(boolean set) {
    byte[] out = new byte[32];
    out[31] = (byte) (set ? 1 : 0);
    return out;
  }
}
