package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;

/** 0x0b: the sum of two points of G1's curve, in the subgroup or not (EIP-2537). */
public final class G1Add implements Precompile {
  @Override
  public long gas(byte[] input) {
    return 375;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != 2 * BlsPoints.G1_BYTES) {
      return null;
    }
    return BlsEngines.inUse().addG1(input);
  }
}
