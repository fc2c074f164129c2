package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * The state that a unit starts from; it does not change while the unit runs. Implementations must
 * be deterministic. One that holds only part of the state throws {@link MissingStateException} for
 * what it cannot answer, and never invents a zero.
 */
public interface StateReader {
  /** The account, or null where none exists. */
  Account account(Address address);

  /** The value of a storage slot; zero where it is not set or the account does not exist. */
  UInt256 storage(Address address, UInt256 slot);

  /** Whether any storage slot of the account is not zero (EIP-7610). */
  boolean hasStorage(Address address);

  /**
   * The code with this hash, which is never {@link Code#EMPTY_HASH}. Implementations give the same
   * {@link Code} object again where they can, since it caches the analysis of the code.
   */
  Code code(Hash codeHash);
}
