package io.rekindle.evm.crypto;

/** Finds the public key that a secp256k1 signature was made with (SEC 1, section 4.1.6). */
interface PublicKeyRecovery {
  /**
   * The key as 65 bytes: 4, then x and y, or null where there is none: r or s is zero or not below
   * the order, r is no point's x, or the key is the point at infinity. A high s is no reason.
   *
   * @param digest the 32 bytes that were signed
   * @param signature r and s, 32 big-endian bytes each
   * @param recoveryId the parity of the point's y, 0 or 1
   */
  byte[] recover(byte[] digest, byte[] signature, int recoveryId);
}
