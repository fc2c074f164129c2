package io.rekindle.evm.precompile;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** 0x02: SHA-256 of the input (Yellow Paper, appendix E). */
final class Sha256 implements Precompile {
  private static final WordPrice PRICE = new WordPrice(60, 12);

  @Override
  public long gas(byte[] input) {
    return PRICE.of(input);
  }

  @Override
  public byte[] run(byte[] input) {
    return digest(input);
  }

  static byte[] digest(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
