package io.rekindle.merge;

/**
 * Tells hashes that several partitions have from those that surely only one has, at the price of a
 * bit or two each. A hash may be taken for shared without being so.
 */
final class HashFilter {
  private static final int BITS_PER_HASH = 32;

  private final int mask;
  private final long[] seen;
  private final long[] shared;
  private final long[] written;

  /**
   * @param hashes expected, of all partitions
   */
  HashFilter(int hashes) {
    int words = Integer.highestOneBit(Math.max(1, hashes * (BITS_PER_HASH / 2) / Long.SIZE)) * 2;
    mask = words - 1;
    seen = new long[words];
    shared = new long[words];
    written = new long[words];
  }

  /** A hash of the next partition; all its hashes before any is {@link #add}ed. */
  void compare(int hash) {
    int word = (hash >>> 6) & mask;
    shared[word] |= seen[word] & 1L << hash;
  }

  void add(int hash) {
    seen[(hash >>> 6) & mask] |= 1L << hash;
  }

  void addWritten(int hash) {
    add(hash);
    written[(hash >>> 6) & mask] |= 1L << hash;
  }

  boolean isShared(int hash) {
    return (shared[(hash >>> 6) & mask] & 1L << hash) != 0;
  }

  /** Whether several partitions have it and at least one writes it. */
  boolean isSharedAndWritten(int hash) {
    int word = (hash >>> 6) & mask;
    return (shared[word] & written[word] & 1L << hash) != 0;
  }
}
