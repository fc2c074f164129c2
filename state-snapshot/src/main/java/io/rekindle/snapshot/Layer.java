package io.rekindle.snapshot;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Map;

/**
 * Accounts and slots in primitive arrays: the base of a snapshot, or what one delta changes.
 * Immutable once built.
 *
 * <p>Accounts lie one after the other in the order they came; an open-addressing index of their
 * numbers, at most half full, finds them. The bits of an index's entry that its number leaves free
 * hold bits of the key's hash, so that a probe seldom looks at an entry of another key, which would
 * miss the cache. An account takes 9 longs: address (2 longs and 32 bits), number of its code hash
 * (32 bits), nonce, balance (4), flags (8 bits), incarnation (24 bits) and number of non-zero slots
 * (32 bits). Slots lie in a {@link SlotTable}.
 */
final class Layer {
  static final int ACCOUNT_WORDS = 9;

  /** The account exists. */
  static final int EXISTS = 1;

  /** Its storage in older layers is gone. */
  static final int CLEARED = 2;

  /** Slots that no layer lists are zero. */
  static final int STORAGE_KNOWN = 4;

  /** It has storage, listed or not. */
  static final int HAS_STORAGE = 8;

  /** The code number of accounts without code. */
  static final int NO_CODE = -1;

  final int accountCount;
  final long[] accounts;
  private final int accountMask;
  private final int[] accountIndex;
  final SlotTable slots;
  final Hash[] codeHashes;
  private final Map<Hash, Code> codes;

  /** Arrays may be longer than what they hold; they are the layer's from now on. */
  Layer(
      int accountCount,
      long[] accounts,
      SlotTable slots,
      Hash[] codeHashes,
      Map<Hash, Code> codes) {
    this.accountCount = accountCount;
    this.accounts = accounts;
    this.slots = slots;
    this.codeHashes = codeHashes;
    this.codes = Map.copyOf(codes);
    this.accountMask = numberMask(accountCount);
    this.accountIndex = indexAccounts();
  }

  /** A power of two of at least twice the count. */
  static int indexSize(int count) {
    return Integer.highestOneBit(Math.max(count, 1) * 4 - 1);
  }

  /** The bits of an index's entry that hold a number of at most {@code count}. */
  private static int numberMask(int count) {
    return (int) ((1L << (32 - Integer.numberOfLeadingZeros(count))) - 1);
  }

  private int[] indexAccounts() {
    int[] index = new int[indexSize(accountCount)];
    for (int number = 0; number < accountCount; number++) {
      int at = ACCOUNT_WORDS * number;
      int hash = Address.hash(accounts[at + 2] >>> 32, accounts[at + 1], accounts[at]);
      int bucket = hash & (index.length - 1);
      while (index[bucket] != 0) {
        bucket = (bucket + 1) & (index.length - 1);
      }
      index[bucket] = (hash & ~accountMask) | (number + 1);
    }
    return index;
  }

  // ---------------------------------------------------------------- lookups

  /** The number of an account, or -1. */
  int find(Address address) {
    long limb0 = address.limb0();
    long limb1 = address.limb1();
    long limb2 = address.limb2();
    int mask = accountIndex.length - 1;
    int hash = Address.hash(limb2, limb1, limb0);
    int bucket = hash & mask;
    for (int held = accountIndex[bucket]; held != 0; held = accountIndex[bucket]) {
      int number = (held & accountMask) - 1;
      int at = ACCOUNT_WORDS * number;
      if (((held ^ hash) & ~accountMask) == 0
          && accounts[at] == limb0
          && accounts[at + 1] == limb1
          && accounts[at + 2] >>> 32 == limb2) {
        return number;
      }
      bucket = (bucket + 1) & mask;
    }
    return -1;
  }

  Address address(int account) {
    int at = ACCOUNT_WORDS * account;
    return Address.of(accounts[at + 2] >>> 32, accounts[at + 1], accounts[at]);
  }

  /** The account's fields, whether it exists or not. */
  Account account(int account) {
    int at = ACCOUNT_WORDS * account;
    int code = (int) accounts[at + 2];
    return new Account(
        accounts[at + 3],
        UInt256.ofLimbs(accounts, at + 4),
        code == NO_CODE ? Code.EMPTY_HASH : codeHashes[code]);
  }

  boolean is(int account, int flag) {
    return (accounts[ACCOUNT_WORDS * account + 8] & flag) != 0;
  }

  int incarnation(int account) {
    return (int) accounts[ACCOUNT_WORDS * account + 8] >>> 8;
  }

  int nonZeroSlots(int account) {
    return (int) (accounts[ACCOUNT_WORDS * account + 8] >>> 32);
  }

  /** The code with this hash, or null. */
  Code code(Hash hash) {
    return codes.get(hash);
  }

  Map<Hash, Code> codes() {
    return codes;
  }

  /**
   * The slots' places, ordered by account; the slots of account {@code a} stand from {@code
   * starts[a]} to {@code starts[a + 1]}.
   *
   * @param starts one longer than there are accounts; is filled
   */
  int[] slotsByAccount(int[] starts) {
    for (int place = 0; place < slots.places(); place++) {
      int account = slots.account(place);
      if (account >= 0) {
        starts[account + 1]++;
      }
    }
    for (int account = 0; account < accountCount; account++) {
      starts[account + 1] += starts[account];
    }
    int[] ordered = new int[slots.count];
    int[] next = starts.clone();
    for (int place = 0; place < slots.places(); place++) {
      int account = slots.account(place);
      if (account >= 0) {
        ordered[next[account]++] = place;
      }
    }
    return ordered;
  }

  /** A 64-bit digest of everything but the code's bytes, which their hashes stand for. */
  long digest() {
    long digest = accountCount * 31L + slots.count;
    for (int i = 0; i < ACCOUNT_WORDS * accountCount; i++) {
      digest = mix(digest, accounts[i]);
    }
    digest = slots.digest(digest);
    for (Hash hash : codeHashes) {
      digest = mix(digest, hash.limb0());
    }
    return digest;
  }

  static long mix(long digest, long word) {
    long mixed = (digest ^ word) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }
}
