package io.rekindle.evm.precompile;

import io.rekindle.evm.crypto.Sha2;

/** 0x02: SHA-256 of the input (Yellow Paper, appendix E). */
final class Sha256 implements Precompile {
  private static final WordPrice PRICE = new WordPrice(60, 12);

  @Override
  public long gas(byte[] input) {
    return PRICE.of(input);
  }

  @Override
  public byte[] run(byte[] input) {
    return Sha2.sha256(input);
  }
}
