package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;

/** 0x0d: the sum of two points of the twist, in the subgroup or not (EIP-2537). */
public final class G2Add implements Precompile {
  @Override
  public long gas(byte[] input) {
    return 600;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != 2 * BlsPoints.G2_BYTES) {
      return null;
    }
    Bls12381 curve = new Bls12381();
    long[] p = BlsPoints.readOnCurve2(curve, input, 0);
    long[] q = BlsPoints.readOnCurve2(curve, input, BlsPoints.G2_BYTES);
    if (p == null || q == null) {
      return null;
    }
    Curve g2 = curve.g2();
    long[] sum = new long[g2.size()];
    g2.fromAffine(sum, 0, p, 0);
    g2.addAffine(sum, 0, sum, 0, q, 0);
    return BlsPoints.write(g2, sum);
  }
}
