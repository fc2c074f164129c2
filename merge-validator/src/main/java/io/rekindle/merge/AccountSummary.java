package io.rekindle.merge;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * What the units of a partition together did to an account, as far as other partitions can care.
 */
public interface AccountSummary {
  Address address();

  /** Bits of {@link SummaryFlags}. */
  int flags();

  /** Sum of all units' balance increases; saturated at 2^256 - 1. */
  UInt256 gained();

  /** Sum of all units' balance decreases; saturated at 2^256 - 1. */
  UInt256 lost();

  /**
   * By how much the balance could have been lower at every funds check that passed; null where
   * there was none.
   */
  UInt256 spare();

  /**
   * By how much the balance could have been higher at every funds check that failed; null where
   * there was none.
   */
  UInt256 room();

  /** The last of the summary's {@link SlotMentions} that is of this account, or -1. */
  int lastMention();

  default boolean has(int flag) {
    return (flags() & flag) != 0;
  }
}
