package io.rekindle.merge;

/**
 * Tells hashes that several partitions have from those that surely only one has, at the price of
 * two bits each in one word (a blocked Bloom filter). A hash may be taken for shared without being
 * so.
 */
final class HashFilter {
  private static final int BITS_PER_HASH = 32;

  private final int mask;
  private final long[] seen;
  private final long[] shared;

  /** Null where no hash was ever marked as written. */
  private long[] written;

  /**
   * @param hashes expected, of all partitions
   */
  HashFilter(int hashes) {
    int words = Integer.highestOneBit(Math.max(1, hashes * (BITS_PER_HASH / 2) / Long.SIZE)) * 2;
    mask = words - 1;
    seen = new long[words];
    shared = new long[words];
  }

  private static long bits(int hash) {
    return 1L << hash | 1L << (hash >>> 6);
  }

  private int word(int hash) {
    return (hash >>> 12) & mask;
  }

  /** A hash of the next partition; all its hashes before any is {@link #add}ed. */
  void compare(int hash) {
    int word = word(hash);
    long bits = bits(hash);
    shared[word] |= (seen[word] & bits) == bits ? bits : 0;
  }

  void add(int hash) {
    seen[word(hash)] |= bits(hash);
  }

  /** {@link #compare} and {@link #add}, where a partition has no hash twice. */
  void compareAndAdd(int hash) {
    compare(hash);
    add(hash);
  }

  void addWritten(int hash) {
    add(hash);
    if (written == null) {
      written = new long[seen.length];
    }
    written[word(hash)] |= bits(hash);
  }

  boolean isShared(int hash) {
    long bits = bits(hash);
    return (shared[word(hash)] & bits) == bits;
  }

  /** Whether several partitions have it and at least one writes it. */
  boolean isSharedAndWritten(int hash) {
    long bits = bits(hash);
    return written != null && (shared[word(hash)] & written[word(hash)] & bits) == bits;
  }
}
