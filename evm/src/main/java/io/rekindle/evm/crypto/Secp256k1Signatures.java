package io.rekindle.evm.crypto;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * ECDSA signatures over secp256k1 as Ethereum uses them: the signer's address is recovered from the
 * signature. By libsecp256k1, or by BouncyCastle where that does not load, which is decided once;
 * both give the same answers. Safe for threads.
 */
public final class Secp256k1Signatures {
  /** Half of the curve's order; EIP-2 allows no s above it. */
  private static final UInt256 HALF_ORDER =
      UInt256.ofHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

  private static final PublicKeyRecovery RECOVERY = choose();

  private Secp256k1Signatures() {}

  private static PublicKeyRecovery choose() {
    try {
      return new NativeRecovery();
    } catch (IllegalStateException notOnThisPlatform) {
      return new JavaRecovery();
    }
  }

  /** Whether libsecp256k1 is in use. */
  public static boolean isNative() {
    return RECOVERY instanceof NativeRecovery;
  }

  /** Whether s is in the lower half of the order (EIP-2). */
  public static boolean isLowS(UInt256 s) {
    return s.compareTo(HALF_ORDER) <= 0;
  }

  /**
   * The signer's address, or null where the signature has none. A high s is no reason.
   *
   * @param digest that was signed
   * @param recoveryId the parity of the point's y, 0 or 1
   */
  public static Address recover(Hash digest, int recoveryId, UInt256 r, UInt256 s) {
    byte[] signature = new byte[64];
    r.toBytes(signature, 0);
    s.toBytes(signature, 32);
    byte[] key = recoverPublicKey(digest.toBytes(), signature, recoveryId);
    return key == null ? null : addressOf(key);
  }

  /**
   * The signer's public key as 65 bytes: 4, then x and y, or null where the signature has none.
   *
   * @param digest the 32 bytes that were signed
   * @param signature r and s, 32 big-endian bytes each
   * @param recoveryId the parity of the point's y, 0 or 1
   */
  public static byte[] recoverPublicKey(byte[] digest, byte[] signature, int recoveryId) {
    if (recoveryId != 0 && recoveryId != 1) {
      return null;
    }
    return RECOVERY.recover(digest, signature, recoveryId);
  }

  /**
   * The address of a public key: the last 20 bytes of the Keccak-256 hash of x and y.
   *
   * @param publicKey 65 bytes: 4, then x and y
   */
  public static Address addressOf(byte[] publicKey) {
    Hash hash = Keccak256.hash(publicKey, 1, 64);
    return Address.of(hash.limb2(), hash.limb1(), hash.limb0());
  }
}
