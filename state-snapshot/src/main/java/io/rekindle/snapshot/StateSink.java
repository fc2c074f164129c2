package io.rekindle.snapshot;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * Receives a state entry by entry: an account, then its slots, then the next account. Sources of
 * state feed it (genesis, dumps, snapshots, stores), and whatever a state is kept in receives it.
 * Some dumps know only the Keccak-256 of an address or a slot; a receiver that needs the address
 * refuses those with an {@link IllegalArgumentException}.
 */
public interface StateSink {
  /** An account; the slots that follow are its. */
  void account(Address address, Account account);

  /** An account of which only the hash of the address is known. */
  void hashedAccount(Hash addressHash, Account account);

  /** A slot of the account before. */
  void slot(UInt256 slot, UInt256 value);

  /** A slot of which only the hash of the key is known. */
  void hashedSlot(Hash slotHash, UInt256 value);

  /** Code that an account has; may come at any time, and more than once. */
  void code(Code code);
}
