package io.rekindle.merge;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * The part of the state over which a unit was stale.
 *
 * @param slot of {@link Kind#STORAGE}, else null
 */
public record StateKey(Address address, Kind kind, UInt256 slot) {
  /** What of the account. */
  public enum Kind {
    BALANCE,
    NONCE,
    CODE,
    /** Dead or not (EIP-161), derived from balance, nonce and code. */
    EMPTINESS,
    EXISTENCE,
    HAS_STORAGE,
    STORAGE,
    /** The state at hand had no answer, or the unit was invalid on it. */
    UNKNOWN
  }

  static StateKey of(Address address, Kind kind) {
    return new StateKey(address, kind, null);
  }
}
