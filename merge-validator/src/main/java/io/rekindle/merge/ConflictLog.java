package io.rekindle.merge;

import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes stale units while a window is merged. Who wrote their keys is found at the end, in one pass
 * for all of them.
 */
final class ConflictLog {
  private record Entry(int unit, StateKey key, long wastedGas, int round) {}

  private final List<Entry> entries = new ArrayList<>();
  private long wastedGas;

  void add(UnitRun discarded, StateKey key, int round) {
    entries.add(new Entry(discarded.index(), key, discarded.gasUsed(), round));
    wastedGas += discarded.gasUsed();
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
    Map<Address, List<StateKey>> keys = new HashMap<>();
    Map<StateKey, Integer> writers = new HashMap<>();
    List<List<Integer>> entriesOf = new ArrayList<>();
    for (int unit = 0; unit < runs.length; unit++) {
      entriesOf.add(List.of());
    }
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (writers.put(entry.key, -1) == null) {
        keys.computeIfAbsent(entry.key.address(), unused -> new ArrayList<>()).add(entry.key);
      }
      if (entriesOf.get(entry.unit).isEmpty()) {
        entriesOf.set(entry.unit, new ArrayList<>());
      }
      entriesOf.get(entry.unit).add(i);
    }
    Conflict[] conflicts = new Conflict[entries.size()];
    for (UnitRun run : runs) {
      for (int i : entriesOf.get(run.index())) {
        Entry entry = entries.get(i);
        conflicts[i] =
            new Conflict(
                entry.unit, entry.key, writers.get(entry.key), entry.wastedGas, entry.round);
      }
      noteWrites(run, keys, writers);
    }
    return List.of(conflicts);
  }

  private static void noteWrites(
      UnitRun run, Map<Address, List<StateKey>> keys, Map<StateKey, Integer> writers) {
    for (AccountWrites writes : run.outcome().writes().accounts()) {
      for (StateKey key : keys.getOrDefault(writes.address(), List.of())) {
        if (writes(writes, key)) {
          writers.put(key, run.index());
        }
      }
    }
  }

  private static boolean writes(AccountWrites writes, StateKey key) {
    boolean balance = !writes.balanceIncrease().isZero() || !writes.balanceDecrease().isZero();
    boolean all = writes.created() || writes.destroyed();
    return all
        || switch (key.kind()) {
          case BALANCE -> balance;
          case NONCE -> writes.nonceWritten();
          case CODE -> writes.code() != null;
          case EMPTINESS -> balance || writes.nonceWritten() || writes.code() != null;
          case EXISTENCE -> writes.touched();
          case HAS_STORAGE -> writes.slots().length > 0;
          case STORAGE -> contains(writes.slots(), key.slot());
          case UNKNOWN -> false;
        };
  }

  private static boolean contains(UInt256[] slots, UInt256 slot) {
    for (UInt256 one : slots) {
      if (one.equals(slot)) {
        return true;
      }
    }
    return false;
  }
}
