package io.rekindle.merge;

import io.rekindle.evm.word.Address;

/** Tells most addresses that were not added, by a bit each, so that they are not looked up. */
final class AddressFilter {
  private static final int BITS = 10;

  private final long[] words = new long[1 << (BITS - 6)];

  void add(Address address) {
    int bit = bit(address);
    words[bit >>> 6] |= 1L << bit;
  }

  /** Whether the address may have been added; true for all that were. */
  boolean mayHave(Address address) {
    int bit = bit(address);
    return (words[bit >>> 6] & 1L << bit) != 0;
  }

  private static int bit(Address address) {
    return (int) (((address.limb0() ^ address.limb1()) * 0x9E3779B97F4A7C15L) >>> (64 - BITS));
  }
}
