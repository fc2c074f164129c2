package io.rekindle.evm.engine;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.Arrays;

/** The addresses of created contracts: the last 20 bytes of a hash. */
public final class ContractAddress {
  private static final int RLP_STRING = 0x80;
  private static final int RLP_LIST = 0xc0;
  private static final byte CREATE2_PREFIX = (byte) 0xff;

  private ContractAddress() {}

  /**
   * Of a creation by transaction or CREATE: keccak of RLP(creator, nonce).
   *
   * @param nonce the creator's before the creation, unsigned
   */
  public static Address of(Address creator, long nonce) {
    int nonceLength = (64 - Long.numberOfLeadingZeros(nonce) + 7) / 8;
    boolean single = nonce >= 0 && nonce < RLP_STRING && nonce != 0;
    byte[] rlp = new byte[single ? 23 : 23 + nonceLength];
    rlp[0] = (byte) (RLP_LIST + rlp.length - 1);
    rlp[1] = (byte) (RLP_STRING + 20);
    creator.toBytes(rlp, 2);
    if (single) {
      rlp[22] = (byte) nonce;
    } else {
      rlp[22] = (byte) (RLP_STRING + nonceLength);
      for (int i = 0; i < nonceLength; i++) {
        rlp[22 + nonceLength - i] = (byte) (nonce >>> (8 * i));
      }
    }
    return lastBytes(Keccak256.hash(rlp));
  }

  /**
   * Of CREATE2 (EIP-1014): keccak of 0xff, creator, salt and the hash of the creation code.
   *
   * @param salt 32 bytes
   */
  public static Address of(Address creator, byte[] salt, Hash initcodeHash) {
    byte[] bytes = new byte[85];
    bytes[0] = CREATE2_PREFIX;
    creator.toBytes(bytes, 1);
    System.arraycopy(Arrays.copyOf(salt, 32), 0, bytes, 21, 32);
    initcodeHash.toBytes(bytes, 53);
    return lastBytes(Keccak256.hash(bytes));
  }

  private static Address lastBytes(Hash hash) {
    return Address.of(hash.limb2(), hash.limb1(), hash.limb0());
  }
}
