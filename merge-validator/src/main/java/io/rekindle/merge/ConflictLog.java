package io.rekindle.merge;

import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes stale units while a window is merged. Who wrote their keys is found at the end, in one pass
 * for all of them.
 */
final class ConflictLog {
  /**
   * @param place in the order in which conflicts were noted
   */
  private record Entry(int place, int unit, StateKey key, long wastedGas, int round) {}

  /** A key, and the unit that wrote it last, or -1. */
  private static final class Watched {
    final StateKey key;
    int writer = -1;

    Watched(StateKey key) {
      this.key = key;
    }
  }

  /** The keys of one account. */
  private static final class WatchedAccount {
    final List<Watched> keys = new ArrayList<>();

    /** Those of {@code keys} that are slots. */
    final Map<UInt256, Watched> slots = new HashMap<>();

    /** Those of {@code keys} that are not. */
    final List<Watched> fields = new ArrayList<>();

    void add(Watched watched) {
      keys.add(watched);
      if (watched.key.kind() == StateKey.Kind.STORAGE) {
        slots.put(watched.key.slot(), watched);
      } else {
        fields.add(watched);
      }
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private long wastedGas;

  void add(UnitRun discarded, StateKey key, int round) {
    long gas = discarded.gasUsed();
    entries.add(new Entry(entries.size(), discarded.index(), key, gas, round));
    wastedGas += gas;
  }

  long wastedGas() {
    return wastedGas;
  }

  /**
   * The conflicts, in the order in which they were noted.
   *
   * @param runs of the whole window, as they ended up
   */
  List<Conflict> withWriters(UnitRun[] runs) {
    if (entries.isEmpty()) {
      return List.of();
    }
    Map<StateKey, Watched> watched = new HashMap<>();
    Map<Address, WatchedAccount> accounts = new HashMap<>();
    AddressFilter filter = new AddressFilter();
    for (Entry entry : entries) {
      if (!watched.containsKey(entry.key)) {
        Watched one = new Watched(entry.key);
        watched.put(entry.key, one);
        Address address = entry.key.address();
        accounts.computeIfAbsent(address, unused -> new WatchedAccount()).add(one);
        filter.add(address);
      }
    }
    List<Entry> byUnit = new ArrayList<>(entries);
    byUnit.sort(Comparator.comparingInt(Entry::unit));
    Conflict[] conflicts = new Conflict[entries.size()];
    int next = 0;
    for (Entry entry : byUnit) {
      for (; next < entry.unit; next++) {
        noteWrites(runs[next], filter, accounts);
      }
      int writer = watched.get(entry.key).writer;
      conflicts[entry.place] =
          new Conflict(entry.unit, entry.key, writer, entry.wastedGas, entry.round);
    }
    return List.of(conflicts);
  }

  /**
   * @param filter of the accounts
   */
  private static void noteWrites(
      UnitRun run, AddressFilter filter, Map<Address, WatchedAccount> accounts) {
    List<AccountWrites> written = run.outcome().writes().accounts();
    for (int i = 0; i < written.size(); i++) {
      AccountWrites writes = written.get(i);
      if (filter.mayHave(writes.address())) {
        WatchedAccount account = accounts.get(writes.address());
        if (account != null) {
          noteWrites(run.index(), writes, account);
        }
      }
    }
  }

  private static void noteWrites(int unit, AccountWrites writes, WatchedAccount account) {
    if (writes.has(AccountWrites.CREATED | AccountWrites.DESTROYED)) {
      account.keys.forEach(watched -> watched.writer = unit);
      return;
    }
    for (Watched watched : account.fields) {
      if (writes(writes, watched.key.kind())) {
        watched.writer = unit;
      }
    }
    if (writes.has(AccountWrites.SLOTS) && !account.slots.isEmpty()) {
      for (UInt256 slot : writes.slots()) {
        Watched watched = account.slots.get(slot);
        if (watched != null) {
          watched.writer = unit;
        }
      }
    }
  }

  private static boolean writes(AccountWrites writes, StateKey.Kind kind) {
    return writes.has(
        switch (kind) {
          case BALANCE -> AccountWrites.INCREASED | AccountWrites.DECREASED;
          case NONCE -> AccountWrites.NONCE;
          case CODE -> AccountWrites.CODE;
          case EMPTINESS ->
              AccountWrites.INCREASED
                  | AccountWrites.DECREASED
                  | AccountWrites.NONCE
                  | AccountWrites.CODE;
          case EXISTENCE -> AccountWrites.TOUCHED;
          case HAS_STORAGE -> AccountWrites.SLOTS;
          case STORAGE, UNKNOWN -> 0;
        });
  }
}
