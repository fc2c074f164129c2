package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;

/** 0x0b: the sum of two points of G1's curve, in the subgroup or not (EIP-2537). */
public final class G1Add implements Precompile {
  @Override
  public long gas(byte[] input) {
    return 375;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != 2 * BlsPoints.G1_BYTES) {
      return null;
    }
    Curve g1 = Bls12381.newG1();
    long[] p = BlsPoints.readOnCurve1(g1, input, 0);
    long[] q = BlsPoints.readOnCurve1(g1, input, BlsPoints.G1_BYTES);
    if (p == null || q == null) {
      return null;
    }
    long[] sum = new long[g1.size()];
    g1.fromAffine(sum, 0, p, 0);
    g1.addAffine(sum, 0, sum, 0, q, 0);
    return BlsPoints.write(g1, sum);
  }
}
