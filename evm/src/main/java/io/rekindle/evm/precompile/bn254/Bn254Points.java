package io.rekindle.evm.precompile.bn254;

import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.PrimeField;
import java.util.Arrays;

/** Points as the precompiles read and write them: 32-byte big-endian coordinates. */
final class Bn254Points {
  static final int G1_BYTES = 64;
  static final int G2_BYTES = 128;

  private Bn254Points() {}

  /**
   * The affine point of 64 bytes, or null where a coordinate is too large or it is off the curve.
   */
  static long[] readG1(Curve g1, byte[] in, int offset) {
    PrimeField fp = Bn254.FP;
    int n = fp.size();
    long[] point = new long[2 * n];
    boolean canonical = fp.read(point, 0, in, offset) && fp.read(point, n, in, offset + 32);
    return canonical && g1.isOnCurve(point, 0) ? point : null;
  }

  /**
   * The affine point of 128 bytes, of which the imaginary part of a coordinate comes first, or null
   * where a number is too large or it is not in G2.
   */
  static long[] readG2(Bn254 curve, byte[] in, int offset) {
    PrimeField fp = Bn254.FP;
    int n = fp.size();
    long[] point = new long[4 * n];
    boolean canonical =
        fp.read(point, n, in, offset)
            && fp.read(point, 0, in, offset + 32)
            && fp.read(point, 3 * n, in, offset + 64)
            && fp.read(point, 2 * n, in, offset + 96);
    return canonical && curve.g2().isOnCurve(point, 0) && curve.isInG2(point) ? point : null;
  }

  /** The 64 bytes of a point in Jacobian coordinates. */
  static byte[] writeG1(Curve g1, long[] point) {
    PrimeField fp = Bn254.FP;
    long[] affine = new long[2 * fp.size()];
    g1.toAffine(affine, 0, point, 0);
    byte[] out = new byte[G1_BYTES];
    fp.write(out, 0, affine, 0);
    fp.write(out, 32, affine, fp.size());
    return out;
  }

  /** The input, cut off or filled with zeros. */
  static byte[] resize(byte[] input, int length) {
    return input.length == length ? input : Arrays.copyOf(input, length);
  }
}
