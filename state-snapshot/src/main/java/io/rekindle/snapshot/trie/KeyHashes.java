package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * Keccak-256 of addresses and slots, of which the ones asked for lately are remembered: a chain
 * goes back to the same few again and again, and a hash costs as much as a whole short node. Each
 * key has one place in a table, where the last one that falls on it stays. Safe for threads without
 * a lock: entries are immutable, and a race costs a hash.
 */
final class KeyHashes {
  private static final int PLACES = 1 << 14;

  private record OfAddress(Address address, Hash hash) {}

  private record OfSlot(UInt256 slot, Hash hash) {}

  private static final OfAddress[] ADDRESSES = new OfAddress[PLACES];
  private static final OfSlot[] SLOTS = new OfSlot[PLACES];

  private KeyHashes() {}

  static Hash of(Address address) {
    int place = address.hashCode() & (PLACES - 1);
    OfAddress known = ADDRESSES[place];
    if (known == null || !known.address.equals(address)) {
      known = new OfAddress(address, Keccak256.hash(address.toBytes()));
      ADDRESSES[place] = known;
    }
    return known.hash;
  }

  static Hash of(UInt256 slot) {
    int place = slot.hashCode() & (PLACES - 1);
    OfSlot known = SLOTS[place];
    if (known == null || !known.slot.equals(slot)) {
      known = new OfSlot(slot, Keccak256.hash(slot.toBytes()));
      SLOTS[place] = known;
    }
    return known.hash;
  }
}
