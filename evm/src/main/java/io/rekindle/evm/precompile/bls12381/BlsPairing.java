package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;

/**
 * 0x0f: whether a product of pairings on BLS12-381 is one (EIP-2537). The input is pairs of a point
 * of G1 (128 bytes) and one of G2 (256), at least one; the output is the word 1 or 0.
 */
public final class BlsPairing implements Precompile {
  @Override
  public long gas(byte[] input) {
    return 37_700 + 32_600L * (input.length / BlsPoints.PAIR_BYTES);
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length == 0 || input.length % BlsPoints.PAIR_BYTES != 0) {
      return null;
    }
    return BlsEngines.inUse().pairing(input);
  }
}
