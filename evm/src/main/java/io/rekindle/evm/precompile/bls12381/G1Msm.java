package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.ScalarSum;
import java.math.BigInteger;

/** 0x0c: the sum of multiples of points of G1; each is a point and a 32-byte scalar (EIP-2537). */
public final class G1Msm implements Precompile {
  private static final int PAIR_BYTES = BlsPoints.G1_BYTES + 32;

  @Override
  public long gas(byte[] input) {
    return MsmPrice.G1.of(input.length / PAIR_BYTES);
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length == 0 || input.length % PAIR_BYTES != 0) {
      return null;
    }
    Curve g1 = Bls12381.newG1();
    ScalarSum sum = new ScalarSum(g1);
    for (int at = 0; at < input.length; at += PAIR_BYTES) {
      long[] point = BlsPoints.readG1(g1, input, at);
      if (point == null) {
        return null;
      }
      Bls12381.addG1(sum, point, new BigInteger(1, input, at + BlsPoints.G1_BYTES, 32));
    }
    long[] result = new long[g1.size()];
    sum.sum(result, 0);
    return BlsPoints.write(g1, result);
  }
}
