package io.rekindle.partitioner.learn;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/** A state that may not know: what it cannot answer is null, and a prediction ends there. */
final class KnownState {
  private final StateReader reader;
  private final PreimageHashes hashes;

  /**
   * @param hashes remembered across predictions
   */
  KnownState(StateReader reader, PreimageHashes hashes) {
    this.reader = reader;
    this.hashes = hashes;
  }

  /** Keccak-256 of a preimage that is not changed afterwards. */
  UInt256 hash(byte[] preimage) {
    return hashes.of(preimage);
  }

  /** The code's hash where the account has code; a delegation (EIP-7702) is followed. */
  Hash codeHash(Address address) {
    try {
      Account account = reader.account(address);
      if (account == null || account.codeHash().equals(Code.EMPTY_HASH)) {
        return null;
      }
      Code code = reader.code(account.codeHash());
      if (code != null && code.isDelegation()) {
        Account delegate = reader.account(code.delegate());
        return delegate == null || delegate.codeHash().equals(Code.EMPTY_HASH)
            ? null
            : delegate.codeHash();
      }
      return account.codeHash();
    } catch (MissingStateException missing) {
      return null;
    }
  }

  UInt256 storage(Address address, UInt256 slot) {
    try {
      return reader.storage(address, slot);
    } catch (MissingStateException missing) {
      return null;
    }
  }
}
