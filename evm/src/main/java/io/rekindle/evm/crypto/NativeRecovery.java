package io.rekindle.evm.crypto;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;

/** By libsecp256k1, through its JNI build. */
final class NativeRecovery implements PublicKeyRecovery {
  private final Secp256k1 library;

  /**
   * @throws IllegalStateException where the library does not load on this platform; its cause says
   *     why
   */
  NativeRecovery() {
    try {
      library = Secp256k1.get();
    } catch (IllegalStateException | LinkageError e) {
      throw new IllegalStateException("libsecp256k1 does not load", e);
    }
  }

  @Override
  public byte[] recover(byte[] digest, byte[] signature, int recoveryId) {
    try {
      return library.ecdsaRecover(signature, digest, recoveryId);
    } catch (Secp256k1Exception unrecoverable) {
      return null;
    }
  }
}
