package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;

/** 0x0e: the sum of multiples of points of G2; each is a point and a 32-byte scalar (EIP-2537). */
public final class G2Msm implements Precompile {
  @Override
  public long gas(byte[] input) {
    return MsmPrice.G2.of(input.length / BlsPoints.G2_TERM_BYTES);
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length == 0 || input.length % BlsPoints.G2_TERM_BYTES != 0) {
      return null;
    }
    return BlsEngines.inUse().sumG2(input);
  }
}
