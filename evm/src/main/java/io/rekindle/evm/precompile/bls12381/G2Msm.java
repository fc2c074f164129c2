package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.ScalarSum;
import java.math.BigInteger;

/** 0x0e: the sum of multiples of points of G2; each is a point and a 32-byte scalar (EIP-2537). */
public final class G2Msm implements Precompile {
  private static final int PAIR_BYTES = BlsPoints.G2_BYTES + 32;

  @Override
  public long gas(byte[] input) {
    return MsmPrice.G2.of(input.length / PAIR_BYTES);
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length == 0 || input.length % PAIR_BYTES != 0) {
      return null;
    }
    Bls12381 curve = new Bls12381();
    Curve g2 = curve.g2();
    ScalarSum sum = new ScalarSum(g2);
    for (int at = 0; at < input.length; at += PAIR_BYTES) {
      long[] point = BlsPoints.readG2(curve, input, at);
      if (point == null) {
        return null;
      }
      curve.addG2(sum, point, new BigInteger(1, input, at + BlsPoints.G2_BYTES, 32));
    }
    long[] result = new long[g2.size()];
    sum.sum(result, 0);
    return BlsPoints.write(g2, result);
  }
}
