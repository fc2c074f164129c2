package io.rekindle.evm.precompile;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/** 0x03: RIPEMD-160 of the input, left-padded to a word (Yellow Paper, appendix E). */
final class Ripemd160 implements Precompile {
  private static final WordPrice PRICE = new WordPrice(600, 120);

  @Override
  public long gas(byte[] input) {
    return PRICE.of(input);
  }

  @Override
  public byte[] run(byte[] input) {
    RIPEMD160Digest digest = new RIPEMD160Digest();
    digest.update(input, 0, input.length);
    byte[] out = new byte[32];
    digest.doFinal(out, 12);
    return out;
  }
}
