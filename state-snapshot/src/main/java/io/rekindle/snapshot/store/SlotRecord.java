package io.rekindle.snapshot.store;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.nio.ByteBuffer;

/**
 * A slot in a layer: key (32 bytes), flags (1), slot (32, zeros where not known), value (32).
 *
 * @param flags bits of the constant below
 */
record SlotRecord(Hash key, int flags, UInt256 slot, UInt256 value) {
  static final int SIZE = 97;

  /** The slot's own key is known. */
  static final int HAS_SLOT = 1;

  boolean hasSlot() {
    return (flags & HAS_SLOT) != 0;
  }

  void write(ByteBuffer out) {
    out.put(key.toBytes());
    out.put((byte) flags);
    out.put(slot.toBytes());
    out.put(value.toBytes());
  }

  static SlotRecord read(byte[] bytes, int at) {
    return new SlotRecord(
        Hash.ofBytes(bytes, at),
        bytes[at + 32],
        UInt256.ofBytes32(bytes, at + 33),
        UInt256.ofBytes32(bytes, at + 65));
  }
}
