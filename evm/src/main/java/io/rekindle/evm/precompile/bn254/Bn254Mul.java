package io.rekindle.evm.precompile.bn254;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.ScalarSum;
import java.math.BigInteger;

/** 0x07: a multiple of a point of alt_bn128 (EIP-196, priced anew by EIP-1108). */
public final class Bn254Mul implements Precompile {
  private final long gas;

  public Bn254Mul(long gas) {
    this.gas = gas;
  }

  @Override
  public long gas(byte[] input) {
    return gas;
  }

  @Override
  public byte[] run(byte[] input) {
    byte[] bytes = Bn254Points.resize(input, Bn254Points.G1_BYTES + 32);
    Curve g1 = Bn254.newG1();
    long[] p = Bn254Points.readG1(g1, bytes, 0);
    if (p == null) {
      return null;
    }
    ScalarSum sum = new ScalarSum(g1);
    Bn254.ENDOMORPHISM.add(sum, p, 0, new BigInteger(1, bytes, Bn254Points.G1_BYTES, 32));
    long[] product = new long[g1.size()];
    sum.sum(product, 0);
    return Bn254Points.writeG1(g1, product);
  }
}
