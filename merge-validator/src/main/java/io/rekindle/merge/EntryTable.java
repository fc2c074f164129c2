package io.rekindle.merge;

import io.rekindle.evm.word.Address;

/** Finds entries of a summary by address: open addressing, at most half full. */
final class EntryTable {
  private final PartitionSummary.Builder entries;

  /** Entry + 1, or 0. */
  private int[] buckets = new int[64];

  private int size;

  EntryTable(PartitionSummary.Builder entries) {
    this.entries = entries;
  }

  /** The entry of an account, or -1 where it is not in the table. */
  int find(Address address, int hash) {
    return buckets[bucket(address, hash)] - 1;
  }

  /** Adds an entry whose account is not in the table. */
  void put(int entry) {
    insert(entry + 1);
    if (2 * ++size > buckets.length) {
      int[] old = buckets;
      buckets = new int[2 * old.length];
      for (int held : old) {
        if (held != 0) {
          insert(held);
        }
      }
    }
  }

  private void insert(int held) {
    buckets[bucket(entries.address(held - 1), entries.hash(held - 1))] = held;
  }

  /** Where the account is, or would be. */
  private int bucket(Address address, int hash) {
    int mask = buckets.length - 1;
    int bucket = hash & mask;
    while (buckets[bucket] != 0 && !entries.address(buckets[bucket] - 1).equals(address)) {
      bucket = (bucket + 1) & mask;
    }
    return bucket;
  }
}
