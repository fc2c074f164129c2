package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that partitions may disagree about. A unit that touches none of them is valid as it was
 * executed. Grows while the merge re-runs units.
 */
final class LookedAtKeys {
  static final int BALANCE = 1;
  static final int NONCE = 2;
  static final int CODE = 4;
  static final int EXISTENCE = 8;
  static final int HAS_STORAGE = 16;

  /** All of the account, every slot included: it was created or deleted. */
  static final int ALL = 32;

  private static final class Entry {
    int kinds;
    final Set<UInt256> slots = new HashSet<>();

    boolean concerns(int otherKinds) {
      return (kinds & (otherKinds | ALL)) != 0;
    }
  }

  private final Map<Address, Entry> entries = new HashMap<>();
  private int slotCount;

  private final AddressFilter addresses = new AddressFilter();

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Accounts and slots looked at, for reports. */
  int size() {
    return entries.size() + slotCount;
  }

  void add(Address address, int kinds) {
    if (kinds != 0) {
      entry(address).kinds |= kinds;
    }
  }

  void addSlot(Address address, UInt256 slot) {
    if (entry(address).slots.add(slot)) {
      slotCount++;
    }
  }

  private Entry entry(Address address) {
    addresses.add(address);
    return entries.computeIfAbsent(address, unused -> new Entry());
  }

  /** The entry of an account, or null. */
  private Entry find(Address address) {
    return addresses.mayHave(address) ? entries.get(address) : null;
  }

  /** The entry of an account of which anything was learned, or null. */
  private Entry find(AccountReads reads) {
    return reads.kinds() == 0 && reads.slots().length == 0 ? null : find(reads.address());
  }

  /**
   * Adds all that the outcome writes: what follows it can no longer be taken as it was executed.
   */
  void addWritesOf(Outcome outcome) {
    for (AccountWrites writes : outcome.writes().accounts()) {
      add(writes.address(), kindsOf(writes));
      for (UInt256 slot : writes.slots()) {
        addSlot(writes.address(), slot);
      }
    }
  }

  /**
   * Adds what of the outcome's writes later units are likely to see changed if it runs again:
   * slots, code and incarnations. Nonces and balances hardly ever change what others do.
   */
  void addLikelyWritesOf(Outcome outcome) {
    for (AccountWrites writes : outcome.writes().accounts()) {
      add(writes.address(), kindsOf(writes) & (CODE | ALL));
      for (UInt256 slot : writes.slots()) {
        addSlot(writes.address(), slot);
      }
    }
  }

  private static int kindsOf(AccountWrites writes) {
    if (writes.has(AccountWrites.CREATED | AccountWrites.DESTROYED)) {
      return ALL;
    }
    int kinds = writes.touched() ? EXISTENCE : 0;
    if (writes.has(AccountWrites.INCREASED | AccountWrites.DECREASED)) {
      kinds |= BALANCE;
    }
    if (writes.has(AccountWrites.NONCE)) {
      kinds |= NONCE;
    }
    if (writes.has(AccountWrites.CODE)) {
      kinds |= CODE;
    }
    return writes.has(AccountWrites.SLOTS) ? kinds | HAS_STORAGE : kinds;
  }

  private static int kindsOf(AccountReads reads) {
    return kindsOf(reads.kinds());
  }

  /** What the given kinds of reads, bits of {@link AccountReads}, depend on. */
  private static int kindsOf(int reads) {
    int kinds = 0;
    if ((reads & (AccountReads.BALANCE | AccountReads.AT_LEAST | AccountReads.BELOW)) != 0) {
      kinds |= BALANCE;
    }
    if ((reads & AccountReads.NONCE) != 0) {
      kinds |= NONCE;
    }
    if ((reads & AccountReads.CODE) != 0) {
      kinds |= CODE;
    }
    if ((reads & AccountReads.DEAD) != 0) {
      kinds |= BALANCE | NONCE | CODE;
    }
    if ((reads & AccountReads.EXISTS) != 0) {
      kinds |= EXISTENCE;
    }
    return (reads & AccountReads.HAS_STORAGE) == 0 ? kinds : kinds | HAS_STORAGE;
  }

  /** Whether the unit reads or writes a key that is looked at. */
  boolean concern(Outcome outcome) {
    if (concernReads(outcome)) {
      return true;
    }
    for (AccountWrites writes : outcome.writes().accounts()) {
      Entry entry = find(writes.address());
      if (entry != null && (entry.concerns(kindsOf(writes)) || concern(entry, writes.slots()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the unit reads a key that is looked at. */
  boolean concernReads(Outcome outcome) {
    if (entries.isEmpty()) {
      return false;
    }
    List<AccountReads> accounts = outcome.reads().accounts();
    for (int i = 0; i < accounts.size(); i++) {
      AccountReads reads = accounts.get(i);
      Entry entry = find(reads);
      if (entry != null && (entry.concerns(kindsOf(reads)) || concern(entry, reads.slots()))) {
        return true;
      }
    }
    return false;
  }

  /** A key that is looked at and that the unit reads, or null. */
  StateKey firstConcerned(Outcome outcome) {
    for (AccountReads reads : outcome.reads().accounts()) {
      Entry entry = find(reads);
      if (entry != null) {
        for (UInt256 slot : reads.slots()) {
          if (entry.slots.contains(slot)) {
            return new StateKey(reads.address(), StateKey.Kind.STORAGE, slot);
          }
        }
        if (entry.concerns(kindsOf(reads))) {
          return StateKey.of(reads.address(), StateKey.Kind.CODE);
        }
      }
    }
    return null;
  }

  /**
   * The first key that is looked at and on which the unit is stale in {@code state}, or null. The
   * state need only be right in keys that are looked at.
   */
  StateKey firstStale(Outcome outcome, StateReader state) {
    for (AccountReads reads : outcome.reads().accounts()) {
      Entry entry = find(reads);
      if (entry != null) {
        StateKey stale = ReadCheck.firstStale(restrict(reads, entry), state);
        if (stale != null) {
          return stale;
        }
      }
    }
    return null;
  }

  private static AccountReads restrict(AccountReads reads, Entry entry) {
    if ((entry.kinds & ALL) != 0) {
      return reads;
    }
    int kinds = 0;
    for (int bits = reads.kinds(); bits != 0; bits &= bits - 1) {
      int kind = Integer.lowestOneBit(bits);
      if ((kindsOf(kind) & entry.kinds) != 0) {
        kinds |= kind;
      }
    }
    int count = 0;
    UInt256[] slots = new UInt256[reads.slots().length];
    UInt256[] values = new UInt256[slots.length];
    for (int i = 0; i < slots.length; i++) {
      if (entry.slots.contains(reads.slots()[i])) {
        slots[count] = reads.slots()[i];
        values[count++] = reads.values()[i];
      }
    }
    return reads.restrictedTo(kinds, Arrays.copyOf(slots, count), Arrays.copyOf(values, count));
  }

  private static boolean concern(Entry entry, UInt256[] slots) {
    if (!entry.slots.isEmpty()) {
      for (UInt256 slot : slots) {
        if (entry.slots.contains(slot)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether any unit of the share's partition can read or write a key that is looked at. */
  boolean concern(Share share) {
    Entry entry = find(share.address());
    if (entry == null) {
      return false;
    }
    if (entry.concerns(kindsOf(share))) {
      return true;
    }
    if (!entry.slots.isEmpty()) {
      SlotMentions mentions = share.mentions();
      for (int at = share.lastMention(); at >= 0; at = mentions.previous(at)) {
        if (concern(entry, share.slots(at))) {
          return true;
        }
      }
    }
    return false;
  }

  private static int kindsOf(Share share) {
    int kinds = kindsOf(share.flags());
    if (share.changesBalance()) {
      kinds |= BALANCE;
    }
    if (share.has(SummaryFlags.WRITES_NONCE)) {
      kinds |= NONCE;
    }
    if (share.has(SummaryFlags.WRITES_CODE)) {
      kinds |= CODE;
    }
    if (share.has(SummaryFlags.TOUCHES)) {
      kinds |= EXISTENCE;
    }
    if (share.has(SummaryFlags.WRITES_SLOTS)) {
      kinds |= HAS_STORAGE;
    }
    return share.has(SummaryFlags.WRITES_INCARNATION) ? kinds | ALL : kinds;
  }
}
