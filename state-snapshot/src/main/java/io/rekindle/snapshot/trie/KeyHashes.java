package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * Keccak-256 of addresses and slots, of which the ones asked for lately are remembered: a chain
 * goes back to the same few again and again, and a hash costs as much as a whole short node. Each
 * key has one place in a table, where the last one that falls on it stays; its hash code stands
 * beside it, so that a new key does not wait for an old one out of memory. Safe for threads without
 * a lock: entries are immutable, the code only says where to look, and a race costs a hash.
 */
final class KeyHashes {
  private static final int PLACES = 1 << 14;

  private record OfAddress(Address address, Hash hash) {}

  private record OfSlot(UInt256 slot, Hash hash) {}

  private static final OfAddress[] ADDRESSES = new OfAddress[PLACES];
  private static final int[] ADDRESS_CODES = new int[PLACES];
  private static final OfSlot[] SLOTS = new OfSlot[PLACES];
  private static final int[] SLOT_CODES = new int[PLACES];

  private KeyHashes() {}

  static Hash of(Address address) {
    int code = address.hashCode();
    int place = code & (PLACES - 1);
    if (ADDRESS_CODES[place] == code) {
      OfAddress known = ADDRESSES[place];
      if (known != null && known.address.equals(address)) {
        return known.hash;
      }
    }
    Hash hash = Keccak256.hash(address.toBytes());
    ADDRESSES[place] = new OfAddress(address, hash);
    ADDRESS_CODES[place] = code;
    return hash;
  }

  static Hash of(UInt256 slot) {
    int code = slot.hashCode();
    int place = code & (PLACES - 1);
    if (SLOT_CODES[place] == code) {
      OfSlot known = SLOTS[place];
      if (known != null && known.slot.equals(slot)) {
        return known.hash;
      }
    }
    Hash hash = Keccak256.hash(slot.toBytes());
    SLOTS[place] = new OfSlot(slot, hash);
    SLOT_CODES[place] = code;
    return hash;
  }
}
