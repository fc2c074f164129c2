package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.QuadraticField;

/** 0x11: a point of G2 from an element of Fp2 (EIP-2537). */
public final class MapToG2 implements Precompile {
  @Override
  public long gas(byte[] input) {
    return 23_800;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != 2 * BlsPoints.FP_BYTES) {
      return null;
    }
    long[] u = BlsPoints.readNumbers(input, 0, 2);
    if (u == null) {
      return null;
    }
    Bls12381 curve = new Bls12381();
    long[] point = clearCofactor(curve, new Map(curve.fp2()).map(u));
    return BlsPoints.write(curve.g2(), point);
  }

  /**
   * (x^2 - x - 1) P + (x - 1) psi(P) + psi^2(2 P), for a negative x (Budroni, Pintore: "Efficient
   * hash maps to G2 on BLS curves", 2017; RFC 9380, appendix G.3).
   */
  private static long[] clearCofactor(Bls12381 curve, long[] p) {
    Curve g2 = curve.g2();
    long[] negatedMultiple = new long[g2.size()];
    g2.multiply(negatedMultiple, 0, p, 0, Bls12381.X);
    // (x^2 - x) P = |x| (|x| P + P), (x - 1) psi(P) = -psi(|x| P + P)
    long[] sum = new long[g2.size()];
    g2.add(sum, 0, negatedMultiple, 0, p, 0);
    long[] result = new long[g2.size()];
    g2.multiply(result, 0, sum, 0, Bls12381.X);
    curve.psi(sum, sum);
    g2.negateY(sum, 0);
    g2.add(result, 0, result, 0, sum, 0);
    g2.twice(sum, 0, p, 0);
    curve.psi(sum, sum);
    curve.psi(sum, sum);
    g2.add(result, 0, result, 0, sum, 0);
    g2.copy(sum, 0, p, 0);
    g2.negateY(sum, 0);
    g2.add(result, 0, result, 0, sum, 0);
    return result;
  }

  private static final class Map extends MapToCurve {
    private final QuadraticField fp2;

    Map(QuadraticField fp2) {
      super(fp2, MapConstants.G2_A, MapConstants.G2_B, MapConstants.G2_Z, MapConstants.G2_ISOGENY);
      this.fp2 = fp2;
    }

    @Override
    boolean root(long[] r, long[] square) {
      return SquareRoots.ofFp2(fp2, r, square);
    }
  }
}
