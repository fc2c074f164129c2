package io.rekindle.evm.precompile.bn254;

import io.rekindle.evm.precompile.Precompile;

/**
 * 0x08: whether a product of pairings on alt_bn128 is one (EIP-197, priced anew by EIP-1108). The
 * input is pairs of a point of G1 (64 bytes) and one of G2 (128); the output is the word 1 or 0.
 */
public final class Bn254Pairing implements Precompile {
  private static final int PAIR_BYTES = Bn254Points.G1_BYTES + Bn254Points.G2_BYTES;

  private final long baseGas;
  private final long pairGas;

  public Bn254Pairing(long baseGas, long pairGas) {
    this.baseGas = baseGas;
    this.pairGas = pairGas;
  }

  @Override
  public long gas(byte[] input) {
    return baseGas + pairGas * (input.length / PAIR_BYTES);
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length % PAIR_BYTES != 0) {
      return null;
    }
    Bn254 bn254 = new Bn254();
    for (int at = 0; at < input.length; at += PAIR_BYTES) {
      long[] p = Bn254Points.readG1(bn254.g1(), input, at);
      long[] q = p == null ? null : Bn254Points.readG2(bn254, input, at + Bn254Points.G1_BYTES);
      if (q == null) {
        return null;
      }
      bn254.pair(p, q);
    }
    byte[] out = new byte[32];
    out[31] = (byte) (bn254.productIsOne() ? 1 : 0);
    return out;
  }
}
