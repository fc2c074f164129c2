package io.rekindle.evm.state;

import io.rekindle.evm.word.UInt256;
import java.util.Map;

/**
 * Values of slots by key: open addressing with linear probing, at most half full. Nothing is ever
 * removed. As a map it can only be read.
 */
final class SlotMap extends ProbedMap<UInt256, UInt256> {
  /** Each key is followed by its value. */
  private UInt256[] buckets = new UInt256[16];

  private int size;

  /** The value of a slot, or null. */
  UInt256 find(UInt256 slot) {
    return buckets[bucket(slot) + 1];
  }

  /** Where the slot is, or would be. */
  private int bucket(UInt256 slot) {
    int mask = buckets.length - 2;
    int bucket = 2 * slot.hashCode() & mask;
    while (buckets[bucket] != null && !buckets[bucket].equals(slot)) {
      bucket = (bucket + 2) & mask;
    }
    return bucket;
  }

  /** Sets the value of a slot. */
  void set(UInt256 slot, UInt256 value) {
    int bucket = bucket(slot);
    boolean added = buckets[bucket] == null;
    buckets[bucket] = slot;
    buckets[bucket + 1] = value;
    if (added && 4 * ++size > buckets.length) {
      UInt256[] old = buckets;
      buckets = new UInt256[2 * old.length];
      for (int held = 0; held < old.length; held += 2) {
        if (old[held] != null) {
          int place = bucket(old[held]);
          buckets[place] = old[held];
          buckets[place + 1] = old[held + 1];
        }
      }
    }
  }

  @Override
  public UInt256 get(Object key) {
    return key instanceof UInt256 slot ? find(slot) : null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  int buckets() {
    return buckets.length / 2;
  }

  @Override
  Map.Entry<UInt256, UInt256> entry(int bucket) {
    UInt256 slot = buckets[2 * bucket];
    return slot == null ? null : Map.entry(slot, buckets[2 * bucket + 1]);
  }
}
