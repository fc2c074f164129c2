package io.rekindle.evm.state;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * How a table with open addressing is read as a map. Look-ups by their own types, and all that
 * changes it, are the table's.
 *
 * @param <K> keys
 * @param <V> values
 */
abstract class ProbedMap<K, V> extends AbstractMap<K, V> {
  /** Buckets, empty ones included. */
  abstract int buckets();

  /** What lies in a bucket, or null. */
  abstract Map.Entry<K, V> entry(int bucket);

  @Override
  public abstract V get(Object key);

  @Override
  public abstract int size();

  @Override
  public final boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public final Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return ProbedMap.this.size();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<K, V>> {
    private int bucket;
    private Map.Entry<K, V> next;

    @Override
    public boolean hasNext() {
      while (next == null && bucket < buckets()) {
        next = entry(bucket++);
      }
      return next != null;
    }

    @Override
    public Map.Entry<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<K, V> found = next;
      next = null;
      return found;
    }
  }
}
