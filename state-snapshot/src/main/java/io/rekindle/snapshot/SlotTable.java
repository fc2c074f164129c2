package io.rekindle.snapshot;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * The slots of a layer in a hash table whose every entry is a cache line, made so that a lookup in
 * a table that fits no cache waits for memory once. Immutable once built.
 *
 * <p>A slot's place follows from its hash and a byte, the pilot, of the bucket that the hash falls
 * into: about three slots share a bucket, and its pilot is the first number under which they all
 * come to lie in places that nothing else has ("hash and displace", Pagh 1999; Belazzougui, Botelho
 * and Dietzfelbinger 2009). So the first look decides whether a slot is there; the pilots of a
 * million slots fit a core's cache. Where no pilot will do, as with keys that were chosen to have
 * the same hash, the pilot is {@link #PROBED} and the bucket's slots lie in the next free places
 * from their own.
 *
 * <p>The hash takes in the address and not the number of the account, so that a processor looks for
 * account and slot at the same time.
 *
 * <p>A place takes 8 longs, key and value, and a tag: the account's number plus 1 in as many bits
 * as there are accounts to tell apart, bits of the hash in the others, 0 for a place without slot.
 */
final class SlotTable {
  static final int WORDS = 8;

  /** The pilot of a bucket whose slots are looked for from place to place. */
  private static final byte PROBED = -1;

  private static final int PILOTS = 255;
  private static final int SLOTS_PER_BUCKET = 3;

  /** A larger bucket is not worth the search. */
  private static final int MAX_BUCKET = 32;

  static final long K0 = 0x9E3779B97F4A7C15L;
  static final long K1 = 0xC2B2AE3D27D4EB4FL;
  private static final long K2 = 0x165667B19E3779F9L;
  private static final long K3 = 0xD6E8FEB86659FD93L;
  private static final long K4 = 0xA0761D6478BD642FL;
  private static final long K5 = 0xE7037ED1A0B428DBL;
  private static final long K6 = 0x8EBC6AF09C88C6E3L;

  final int count;
  final int[] tags;
  final byte[] pilots;
  final long[] slots;
  private final int accountMask;

  /** A table as it was written. */
  SlotTable(int accountCount, int count, int[] tags, byte[] pilots, long[] slots) {
    this.count = count;
    this.tags = tags;
    this.pilots = pilots;
    this.slots = slots;
    this.accountMask = accountMask(accountCount);
  }

  /** The bits of a tag that hold an account's number plus 1. */
  private static int accountMask(int accountCount) {
    return (int) ((1L << (32 - Integer.numberOfLeadingZeros(accountCount))) - 1);
  }

  /** Places for so many slots: a quarter more, and one that stays free. */
  private static int places(int count) {
    return Math.addExact(count, count / 4 + 1);
  }

  private static int buckets(int count) {
    return count / SLOTS_PER_BUCKET + 1;
  }

  /**
   * @param accounts the layer's, as in {@link Layer}
   * @param entries key and value of each slot
   * @param owners the number of each slot's account
   */
  static SlotTable build(
      int accountCount, long[] accounts, int count, int[] owners, long[] entries) {
    SlotTable table =
        new SlotTable(
            accountCount,
            count,
            new int[places(count)],
            new byte[buckets(count)],
            new long[Math.multiplyExact(WORDS, places(count))]);
    table.fill(accounts, owners, entries);
    return table;
  }

  private void fill(long[] accounts, int[] owners, long[] entries) {
    long[] hashes = new long[count];
    for (int i = 0; i < count; i++) {
      int owner = Layer.ACCOUNT_WORDS * owners[i];
      int at = WORDS * i;
      hashes[i] =
          hash(
              accounts[owner],
              accounts[owner + 1],
              accounts[owner + 2] >>> 32,
              entries[at],
              entries[at + 1],
              entries[at + 2],
              entries[at + 3]);
    }
    int[] placeOf = new Placement(hashes, owners).placeOf;
    for (int i = 0; i < count; i++) {
      System.arraycopy(entries, WORDS * i, slots, WORDS * placeOf[i], WORDS);
    }
  }

  static long hash(
      long address0, long address1, long address2, long limb0, long limb1, long limb2, long limb3) {
    long hash =
        limb0 * K0
            + limb1 * K1
            + limb2 * K2
            + limb3 * K3
            + address0 * K4
            + address1 * K5
            + address2 * K6;
    hash = (hash ^ hash >>> 32) * K0;
    return hash ^ hash >>> 29;
  }

  /** A number below the bound, in proportion to the upper half of the hash. */
  private static int scale(long hash, int bound) {
    return (int) (((hash >>> 32) * bound) >>> 32);
  }

  private int bucket(long hash) {
    return scale(hash, pilots.length);
  }

  private int place(long hash, byte pilot) {
    return scale((hash ^ (pilot * K1)) * K3, tags.length);
  }

  private int tag(long hash, int account) {
    return ((int) hash & ~accountMask) | (account + 1);
  }

  private int next(int place) {
    return place + 1 == tags.length ? 0 : place + 1;
  }

  // ---------------------------------------------------------------- lookups

  /**
   * The place of a slot, or -1.
   *
   * @param account the number of the account at the address
   */
  int find(int account, Address address, UInt256 slot) {
    long limb0 = slot.limb0();
    long limb1 = slot.limb1();
    long limb2 = slot.limb2();
    long limb3 = slot.limb3();
    long hash = hash(address.limb0(), address.limb1(), address.limb2(), limb0, limb1, limb2, limb3);
    byte pilot = pilots[bucket(hash)];
    int tag = tag(hash, account);
    int place = place(hash, pilot);
    while (true) {
      int at = WORDS * place;
      int held = tags[place];
      if (held == tag
          && slots[at] == limb0
          && slots[at + 1] == limb1
          && slots[at + 2] == limb2
          && slots[at + 3] == limb3) {
        return place;
      }
      if (pilot != PROBED || held == 0) {
        return -1;
      }
      place = next(place);
    }
  }

  /** Places, with and without slot. */
  int places() {
    return tags.length;
  }

  /** The number of the account of the slot at a place; -1 where there is no slot. */
  int account(int place) {
    return (tags[place] & accountMask) - 1;
  }

  UInt256 key(int place) {
    return UInt256.ofLimbs(slots, WORDS * place);
  }

  UInt256 value(int place) {
    return UInt256.ofLimbs(slots, WORDS * place + 4);
  }

  /** A 64-bit digest of the slots, in the order of places. */
  long digest(long start) {
    long digest = start;
    for (int place = 0; place < tags.length; place++) {
      if (tags[place] != 0) {
        digest = Layer.mix(digest, account(place));
        for (int i = WORDS * place; i < WORDS * (place + 1); i++) {
          digest = Layer.mix(digest, slots[i]);
        }
      }
    }
    return digest;
  }

  /**
   * What is wrong with a table that was read, or null where no lookup leads out of the arrays or
   * goes round in them.
   */
  String fault(int accountCount) {
    if (pilots.length == 0 || tags.length <= count) {
      return count + " slots in " + tags.length + " places with " + pilots.length + " pilots";
    }
    int found = 0;
    for (int place = 0; place < tags.length; place++) {
      if (account(place) >= accountCount || (tags[place] != 0 && account(place) < 0)) {
        return "account number " + account(place);
      }
      found += tags[place] == 0 ? 0 : 1;
    }
    return found == count ? null : found + " slots, not " + count;
  }

  // ---------------------------------------------------------------- building

  /** Gives every slot its place: tags and pilots of the table are set. */
  private final class Placement {
    private final long[] hashes;
    private final int[] owners;

    /** Slots by bucket; those of bucket b stand from starts[b] to starts[b + 1]. */
    private final int[] ordered;

    private final int[] starts;
    final int[] placeOf;

    Placement(long[] hashes, int[] owners) {
      this.hashes = hashes;
      this.owners = owners;
      this.ordered = new int[hashes.length];
      this.starts = new int[pilots.length + 1];
      this.placeOf = new int[hashes.length];
      order();
      Arrays.fill(pilots, PROBED);
      // Large buckets first, while there is room.
      for (int size = MAX_BUCKET; size > 0; size--) {
        for (int bucket = 0; bucket < pilots.length; bucket++) {
          if (starts[bucket + 1] - starts[bucket] == size) {
            choosePilot(bucket);
          }
        }
      }
      for (int bucket = 0; bucket < pilots.length; bucket++) {
        if (pilots[bucket] == PROBED) {
          probe(bucket);
        }
      }
    }

    private void order() {
      for (long hash : hashes) {
        starts[bucket(hash) + 1]++;
      }
      for (int bucket = 0; bucket < pilots.length; bucket++) {
        starts[bucket + 1] += starts[bucket];
      }
      int[] next = starts.clone();
      for (int i = 0; i < hashes.length; i++) {
        ordered[next[bucket(hashes[i])]++] = i;
      }
    }

    private void choosePilot(int bucket) {
      for (int pilot = 0; pilot < PILOTS; pilot++) {
        if (fits(bucket, (byte) pilot)) {
          pilots[bucket] = (byte) pilot;
          return;
        }
      }
    }

    /** Puts the bucket's slots into their places, or none where one of those is taken. */
    private boolean fits(int bucket, byte pilot) {
      for (int i = starts[bucket]; i < starts[bucket + 1]; i++) {
        int place = place(hashes[ordered[i]], pilot);
        if (tags[place] != 0) {
          while (--i >= starts[bucket]) {
            tags[placeOf[ordered[i]]] = 0;
          }
          return false;
        }
        put(ordered[i], place);
      }
      return true;
    }

    private void probe(int bucket) {
      for (int i = starts[bucket]; i < starts[bucket + 1]; i++) {
        int place = place(hashes[ordered[i]], PROBED);
        while (tags[place] != 0) {
          place = next(place);
        }
        put(ordered[i], place);
      }
    }

    private void put(int slot, int place) {
      tags[place] = tag(hashes[slot], owners[slot]);
      placeOf[slot] = place;
    }
  }
}
