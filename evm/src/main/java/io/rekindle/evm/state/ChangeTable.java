package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import java.util.Map;

/**
 * The changes of an {@link OverlayState} by address: open addressing with linear probing, at most
 * half full, so that a look-up is mostly one step. As a map it can only be read.
 */
final class ChangeTable extends ProbedMap<Address, OverlayState.Change> {
  private OverlayState.Change[] buckets = new OverlayState.Change[32];
  private int size;

  /** The change of an account, or null. */
  OverlayState.Change find(Address address, int hash) {
    int mask = buckets.length - 1;
    for (int bucket = hash & mask; ; bucket = (bucket + 1) & mask) {
      OverlayState.Change change = buckets[bucket];
      if (change == null || change.isOf(address, hash)) {
        return change;
      }
    }
  }

  /** Adds a change whose account has none yet. */
  void add(OverlayState.Change change) {
    place(change);
    if (2 * ++size > buckets.length) {
      OverlayState.Change[] old = buckets;
      buckets = new OverlayState.Change[2 * old.length];
      for (OverlayState.Change held : old) {
        if (held != null) {
          place(held);
        }
      }
    }
  }

  private void place(OverlayState.Change change) {
    int mask = buckets.length - 1;
    int bucket = change.hash() & mask;
    while (buckets[bucket] != null) {
      bucket = (bucket + 1) & mask;
    }
    buckets[bucket] = change;
  }

  @Override
  public OverlayState.Change get(Object key) {
    return key instanceof Address address ? find(address, address.hashCode()) : null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  int buckets() {
    return buckets.length;
  }

  @Override
  Map.Entry<Address, OverlayState.Change> entry(int bucket) {
    OverlayState.Change change = buckets[bucket];
    return change == null ? null : Map.entry(change.address(), change);
  }
}
