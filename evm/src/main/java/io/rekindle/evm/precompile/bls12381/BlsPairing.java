package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;

/**
 * 0x0f: whether a product of pairings on BLS12-381 is one (EIP-2537). The input is pairs of a point
 * of G1 (128 bytes) and one of G2 (256), at least one; the output is the word 1 or 0.
 */
public final class BlsPairing implements Precompile {
  private static final int PAIR_BYTES = BlsPoints.G1_BYTES + BlsPoints.G2_BYTES;

  @Override
  public long gas(byte[] input) {
    return 37_700 + 32_600L * (input.length / PAIR_BYTES);
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length == 0 || input.length % PAIR_BYTES != 0) {
      return null;
    }
    Bls12381 curve = new Bls12381();
    for (int at = 0; at < input.length; at += PAIR_BYTES) {
      long[] p = BlsPoints.readG1(curve.g1(), input, at);
      long[] q = p == null ? null : BlsPoints.readG2(curve, input, at + BlsPoints.G1_BYTES);
      if (q == null) {
        return null;
      }
      curve.pair(p, q);
    }
    byte[] out = new byte[32];
    out[31] = (byte) (curve.productIsOne() ? 1 : 0);
    return out;
  }
}
