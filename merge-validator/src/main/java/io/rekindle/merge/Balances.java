package io.rekindle.merge;

import io.rekindle.evm.word.UInt256;

/** What a partition's units together did to balances, and what they rested on, by entry. */
interface Balances {
  /** Sum of all increases; saturated at 2^256 - 1. */
  UInt256 gained(int entry);

  /** Sum of all decreases; saturated at 2^256 - 1. */
  UInt256 lost(int entry);

  /** By how much the balance could have been lower at every check that passed; null for none. */
  UInt256 spare(int entry);

  /** By how much the balance could have been higher at every check that failed; null for none. */
  UInt256 room(int entry);

  static UInt256 addSaturated(UInt256 a, UInt256 b) {
    UInt256 sum = a.add(b);
    return sum.compareTo(a) < 0 ? UInt256.MAX : sum;
  }
}
