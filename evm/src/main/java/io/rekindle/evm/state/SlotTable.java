package io.rekindle.evm.state;

import io.rekindle.evm.word.Mix;
import java.util.Arrays;

/**
 * The storage slots that one unit has met, in flat arrays: a slot is an index, handed out in order
 * of first access, and found again by account number and key through open addressing with linear
 * probing. Limbs are least significant first.
 */
final class SlotTable {
  private static final int NONE = -1;
  private static final int INITIAL_SLOTS = 256;

  private int count;
  private int[] accounts = new int[INITIAL_SLOTS];
  private long[] keys = new long[4 * INITIAL_SLOTS];
  private long[] values = new long[4 * INITIAL_SLOTS];
  private long[] originals = new long[4 * INITIAL_SLOTS];
  private int[] next = new int[INITIAL_SLOTS];
  private byte[] flags = new byte[INITIAL_SLOTS];

  /** Slot index + 1, or 0; twice as many buckets as slots at least. */
  private int[] buckets = new int[4 * INITIAL_SLOTS];

  void clear() {
    if (count > 0) {
      if (buckets.length > 64 * INITIAL_SLOTS && count < buckets.length / 32) {
        // One unit with very many slots must not make every later one pay for its buckets.
        buckets = new int[4 * INITIAL_SLOTS];
      } else {
        Arrays.fill(buckets, 0);
      }
      Arrays.fill(flags, 0, count, (byte) 0);
      count = 0;
    }
  }

  int count() {
    return count;
  }

  /** The slot with the key at {@code offset}, made with zero values if it is new. */
  int find(int account, long[] limbs, int offset) {
    long k0 = limbs[offset];
    long k1 = limbs[offset + 1];
    long k2 = limbs[offset + 2];
    long k3 = limbs[offset + 3];
    int mask = buckets.length - 1;
    int bucket = hash(account, k0, k1, k2, k3) & mask;
    for (int held = buckets[bucket]; held != 0; held = buckets[bucket]) {
      int slot = held - 1;
      int at = slot << 2;
      if (keys[at] == k0
          && keys[at + 1] == k1
          && accounts[slot] == account
          && keys[at + 2] == k2
          && keys[at + 3] == k3) {
        return slot;
      }
      bucket = (bucket + 1) & mask;
    }
    return insert(account, k0, k1, k2, k3, bucket);
  }

  private int insert(int account, long k0, long k1, long k2, long k3, int bucket) {
    int slot = count++;
    if (slot == accounts.length) {
      grow();
    }
    accounts[slot] = account;
    int at = slot << 2;
    keys[at] = k0;
    keys[at + 1] = k1;
    keys[at + 2] = k2;
    keys[at + 3] = k3;
    Arrays.fill(values, at, at + 4, 0);
    Arrays.fill(originals, at, at + 4, 0);
    next[slot] = NONE;
    flags[slot] = 0;
    if (2 * count > buckets.length) {
      rehash();
    } else {
      buckets[bucket] = slot + 1;
    }
    return slot;
  }

  private void grow() {
    int size = 2 * accounts.length;
    accounts = Arrays.copyOf(accounts, size);
    next = Arrays.copyOf(next, size);
    flags = Arrays.copyOf(flags, size);
    keys = Arrays.copyOf(keys, 4 * size);
    values = Arrays.copyOf(values, 4 * size);
    originals = Arrays.copyOf(originals, 4 * size);
  }

  private void rehash() {
    int[] larger = new int[2 * buckets.length];
    int mask = larger.length - 1;
    for (int slot = 0; slot < count; slot++) {
      int at = slot << 2;
      int bucket = hash(accounts[slot], keys[at], keys[at + 1], keys[at + 2], keys[at + 3]) & mask;
      while (larger[bucket] != 0) {
        bucket = (bucket + 1) & mask;
      }
      larger[bucket] = slot + 1;
    }
    buckets = larger;
  }

  private static int hash(int account, long k0, long k1, long k2, long k3) {
    int folded = Mix.fold(k0 + account, k1, k2, k3);
    return folded ^ (folded >>> 15);
  }

  long[] keys() {
    return keys;
  }

  /** Current values, 4 limbs a slot. Replaced when the table grows: fetch anew after find. */
  long[] values() {
    return values;
  }

  /** Values at the start of the unit, 4 limbs a slot. */
  long[] originals() {
    return originals;
  }

  int account(int slot) {
    return accounts[slot];
  }

  /** Links slots of one account into a list; -1 ends it. */
  int next(int slot) {
    return next[slot];
  }

  void link(int slot, int nextSlot) {
    next[slot] = nextSlot;
  }

  boolean has(int slot, int flag) {
    return (flags[slot] & flag) != 0;
  }

  void set(int slot, int flag) {
    flags[slot] |= (byte) flag;
  }

  void unset(int slot, int flag) {
    flags[slot] &= (byte) ~flag;
  }
}
