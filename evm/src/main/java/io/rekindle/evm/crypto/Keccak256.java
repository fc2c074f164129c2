package io.rekindle.evm.crypto;

import io.rekindle.evm.word.Hash;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256, the hash of Ethereum: SHA-3's permutation with the padding of before FIPS 202. */
public final class Keccak256 {
  private Keccak256() {}

  public static Hash hash(byte[] bytes) {
    return Hash.ofBytes(digest(bytes, 0, bytes.length));
  }

  public static Hash hash(byte[] bytes, int offset, int length) {
    return Hash.ofBytes(digest(bytes, offset, length));
  }

  /** The digest's 32 bytes. */
  public static byte[] digest(byte[] bytes, int offset, int length) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(bytes, offset, length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }
}
