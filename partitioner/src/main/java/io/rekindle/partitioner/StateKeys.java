package io.rekindle.partitioner;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Mix;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * Numbers state keys, in order of first mention, in flat arrays.
 *
 * <p>An account takes 20 bytes and 8 to 16 of buckets and gives four keys without further storage:
 * key {@code 4 * account + kind}. A slot takes 36 bytes and 6 to 11 of buckets; its key is the
 * complement of its number, so that the two kinds of keys do not mix. {@link #index} makes both
 * dense once no more are added. Slots live in pages, so that growing copies no keys.
 */
public final class StateKeys {
  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;

  private int accountCount;
  private int[] limb2 = new int[64];
  private long[] limb1 = new long[64];
  private long[] limb0 = new long[64];
  private int[] accountBuckets = new int[128];

  private int slotCount;
  private int[][] slotAccounts = new int[16][];
  private long[][] slotLimbs = new long[16][];
  private int[] slotBuckets = new int[128];

  StateKeys() {}

  /** How many accounts have been mentioned. */
  public int accounts() {
    return accountCount;
  }

  /** How many slots have been mentioned. */
  public int slots() {
    return slotCount;
  }

  /** How many keys {@link #index} tells apart: four an account and one a slot. */
  public int size() {
    return 4 * accountCount + slotCount;
  }

  /** The number of an account, given on first mention. */
  int account(Address address) {
    int mask = accountBuckets.length - 1;
    int bucket = address.hashCode() & mask;
    for (int held = accountBuckets[bucket]; held != 0; held = accountBuckets[bucket]) {
      int account = held - 1;
      if (limb0[account] == address.limb0()
          && limb1[account] == address.limb1()
          && limb2[account] == (int) address.limb2()) {
        return account;
      }
      bucket = (bucket + 1) & mask;
    }
    return addAccount(address, bucket);
  }

  private int addAccount(Address address, int bucket) {
    int account = accountCount++;
    if (account == limb0.length) {
      int size = account + (account >> 1);
      limb2 = Arrays.copyOf(limb2, size);
      limb1 = Arrays.copyOf(limb1, size);
      limb0 = Arrays.copyOf(limb0, size);
    }
    limb2[account] = (int) address.limb2();
    limb1[account] = address.limb1();
    limb0[account] = address.limb0();
    if (3L * accountCount > 2L * accountBuckets.length) {
      accountBuckets = new int[2 * accountBuckets.length];
      for (int known = 0; known < accountCount; known++) {
        int hash = Address.hash(limb2[known], limb1[known], limb0[known]);
        place(accountBuckets, hash, known);
      }
    } else {
      accountBuckets[bucket] = account + 1;
    }
    return account;
  }

  private static void place(int[] buckets, int hash, int number) {
    int mask = buckets.length - 1;
    int bucket = hash & mask;
    while (buckets[bucket] != 0) {
      bucket = (bucket + 1) & mask;
    }
    buckets[bucket] = number + 1;
  }

  static int accountKey(int account, KeyKind kind) {
    return 4 * account + kind.code();
  }

  /** The key of a slot, given on first mention. */
  int slotKey(int account, UInt256 slot) {
    int mask = slotBuckets.length - 1;
    int bucket = slotHash(account, slot.limb0(), slot.limb1(), slot.limb2(), slot.limb3()) & mask;
    for (int held = slotBuckets[bucket]; held != 0; held = slotBuckets[bucket]) {
      int known = held - 1;
      long[] limbs = slotLimbs[known >>> PAGE_BITS];
      int at = 4 * (known & (PAGE - 1));
      if (limbs[at] == slot.limb0()
          && limbs[at + 1] == slot.limb1()
          && slotAccounts[known >>> PAGE_BITS][known & (PAGE - 1)] == account
          && limbs[at + 2] == slot.limb2()
          && limbs[at + 3] == slot.limb3()) {
        return ~known;
      }
      bucket = (bucket + 1) & mask;
    }
    return ~addSlot(account, slot, bucket);
  }

  private int addSlot(int account, UInt256 slot, int bucket) {
    int number = slotCount++;
    int page = number >>> PAGE_BITS;
    if (page == slotLimbs.length) {
      slotLimbs = Arrays.copyOf(slotLimbs, 2 * page);
      slotAccounts = Arrays.copyOf(slotAccounts, 2 * page);
    }
    if (slotLimbs[page] == null) {
      slotLimbs[page] = new long[4 * PAGE];
      slotAccounts[page] = new int[PAGE];
    }
    slotAccounts[page][number & (PAGE - 1)] = account;
    slot.toLimbs(slotLimbs[page], 4 * (number & (PAGE - 1)));
    if (3L * slotCount > 2L * slotBuckets.length) {
      slotBuckets = new int[2 * slotBuckets.length];
      for (int known = 0; known < slotCount; known++) {
        place(slotBuckets, hashOf(known), known);
      }
    } else {
      slotBuckets[bucket] = number + 1;
    }
    return number;
  }

  private int hashOf(int slot) {
    long[] limbs = slotLimbs[slot >>> PAGE_BITS];
    int at = 4 * (slot & (PAGE - 1));
    int account = slotAccounts[slot >>> PAGE_BITS][slot & (PAGE - 1)];
    return slotHash(account, limbs[at], limbs[at + 1], limbs[at + 2], limbs[at + 3]);
  }

  private static int slotHash(int account, long k0, long k1, long k2, long k3) {
    int folded = Mix.fold(k0 + account * 0x9E3779B97F4A7C15L, k1, k2, k3);
    return folded ^ (folded >>> 15);
  }

  /** A dense number below {@link #size} of a key. Changes when accounts are added. */
  int index(int key) {
    return key >= 0 ? key : 4 * accountCount + ~key;
  }

  /** The key with this dense number. */
  int keyAt(int index) {
    return index < 4 * accountCount ? index : ~(index - 4 * accountCount);
  }

  /** The number of the account that a key belongs to. */
  int accountOf(int key) {
    if (key >= 0) {
      return key >>> 2;
    }
    int slot = ~key;
    return slotAccounts[slot >>> PAGE_BITS][slot & (PAGE - 1)];
  }

  Address address(int account) {
    return Address.of(limb2[account], limb1[account], limb0[account]);
  }

  /** The key as a value. */
  StateKey describe(int key) {
    Address address = address(accountOf(key));
    if (key >= 0) {
      return new StateKey(address, KeyKind.ofCode(key & 3), null);
    }
    int slot = ~key;
    UInt256 number = UInt256.ofLimbs(slotLimbs[slot >>> PAGE_BITS], 4 * (slot & (PAGE - 1)));
    return new StateKey(address, KeyKind.SLOT, number);
  }
}
