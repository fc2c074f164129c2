package io.rekindle.evm.state;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * An account of the state that a unit starts from. An account may exist and be empty (nonce 0,
 * balance 0, no code) in states before Spurious Dragon.
 *
 * @param nonce unsigned
 * @param balance in wei
 * @param codeHash Keccak-256 of the code, {@link Code#EMPTY_HASH} where there is none
 */
public record Account(long nonce, UInt256 balance, Hash codeHash) {
  public static final Account EMPTY = new Account(0, UInt256.ZERO, Code.EMPTY_HASH);

  public boolean isEmpty() {
    return nonce == 0 && balance.isZero() && codeHash.equals(Code.EMPTY_HASH);
  }
}
