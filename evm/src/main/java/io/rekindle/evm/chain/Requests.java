package io.rekindle.evm.chain;

import io.rekindle.evm.crypto.Sha2;
import io.rekindle.evm.word.Hash;
import java.security.MessageDigest;
import java.util.List;

/** A block's commitment to its requests to the beacon chain (EIP-7685). */
public final class Requests {
  private Requests() {}

  /**
   * SHA-256 of the SHA-256 hashes of all requests that hold data.
   *
   * @param requests each its type and its data, in the order of their types; one without data is
   *     left out
   */
  public static Hash hash(List<byte[]> requests) {
    MessageDigest outer = Sha2.newSha256();
    MessageDigest inner = Sha2.newSha256();
    for (byte[] request : requests) {
      if (request.length > 1) {
        outer.update(inner.digest(request));
      }
    }
    return Hash.ofBytes(outer.digest());
  }
}
