package io.rekindle.evm.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), by the Java platform. */
public final class Sha2 {
  private Sha2() {}

  /** The 32 bytes of a digest. */
  public static byte[] sha256(byte[] input) {
    return newSha256().digest(input);
  }

  /** For input that comes in pieces. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
