package io.rekindle.evm.precompile;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.crypto.Secp256k1Signatures;
import java.util.Arrays;

/**
 * 0x01: the address that signed a hash: hash, v (27 or 28), r and s, a word each (Yellow Paper,
 * appendix E). A high s is accepted. What cannot be recovered gives an empty output, not a failure.
 */
final class EcRecover implements Precompile {
  private static final byte[] NOTHING = new byte[0];

  @Override
  public long gas(byte[] input) {
    return 3000;
  }

  @Override
  public byte[] run(byte[] input) {
    byte[] words = Input.slice(input, 0, 128);
    int v = words[63];
    if (!Input.isZero(words, 32, 31) || (v != 27 && v != 28)) {
      return NOTHING;
    }
    byte[] hash = Arrays.copyOf(words, 32);
    byte[] publicKey =
        Secp256k1Signatures.recoverPublicKey(hash, Arrays.copyOfRange(words, 64, 128), v - 27);
    if (publicKey == null) {
      return NOTHING;
    }
    byte[] out = Keccak256.digest(publicKey, 1, 64);
    Arrays.fill(out, 0, 12, (byte) 0);
    return out;
  }
}
