package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;

/** 0x0c: the sum of multiples of points of G1; each is a point and a 32-byte scalar (EIP-2537). */
public final class G1Msm implements Precompile {
  @Override
  public long gas(byte[] input) {
    return MsmPrice.G1.of(input.length / BlsPoints.G1_TERM_BYTES);
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length == 0 || input.length % BlsPoints.G1_TERM_BYTES != 0) {
      return null;
    }
    return BlsEngines.inUse().sumG1(input);
  }
}
