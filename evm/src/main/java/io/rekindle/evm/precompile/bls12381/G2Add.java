package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;

/** 0x0d: the sum of two points of the twist, in the subgroup or not (EIP-2537). */
public final class G2Add implements Precompile {
  @Override
  public long gas(byte[] input) {
    return 600;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != 2 * BlsPoints.G2_BYTES) {
      return null;
    }
    return BlsEngines.inUse().addG2(input);
  }
}
