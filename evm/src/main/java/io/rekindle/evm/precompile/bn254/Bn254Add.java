package io.rekindle.evm.precompile.bn254;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;

/** 0x06: the sum of two points of alt_bn128 (EIP-196, priced anew by EIP-1108). */
public final class Bn254Add implements Precompile {
  private final long gas;

  public Bn254Add(long gas) {
    this.gas = gas;
  }

  @Override
  public long gas(byte[] input) {
    return gas;
  }

  @Override
  public byte[] run(byte[] input) {
    byte[] points = Bn254Points.resize(input, 2 * Bn254Points.G1_BYTES);
    Curve g1 = Bn254.newG1();
    long[] p = Bn254Points.readG1(g1, points, 0);
    long[] q = Bn254Points.readG1(g1, points, Bn254Points.G1_BYTES);
    if (p == null || q == null) {
      return null;
    }
    long[] sum = new long[g1.size()];
    g1.fromAffine(sum, 0, p, 0);
    g1.addAffine(sum, 0, sum, 0, q, 0);
    return Bn254Points.writeG1(g1, sum);
  }
}
