package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The changes of an {@link OverlayState} by address: open addressing with linear probing, at most
 * half full, so that a look-up is mostly one step. As a map it can only be read.
 */
final class ChangeTable extends AbstractMap<Address, OverlayState.Change> {
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
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Map.Entry<Address, OverlayState.Change>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<Address, OverlayState.Change>> iterator() {
        return new Entries(buckets);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private static final class Entries implements Iterator<Map.Entry<Address, OverlayState.Change>> {
    private final OverlayState.Change[] buckets;
    private int next;

    Entries(OverlayState.Change[] buckets) {
      this.buckets = buckets;
    }

    @Override
    public boolean hasNext() {
      while (next < buckets.length && buckets[next] == null) {
        next++;
      }
      return next < buckets.length;
    }

    @Override
    public Map.Entry<Address, OverlayState.Change> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      OverlayState.Change change = buckets[next++];
      return Map.entry(change.address(), change);
    }
  }
}
