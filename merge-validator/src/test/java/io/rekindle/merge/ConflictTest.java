package io.rekindle.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.state.AccountWrites;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every unit that ran again has a record of why, and the records name real writers. */
class ConflictTest {
  private static final int WINDOWS = 1000;

  @Test
  void everyRunAgainIsRecorded() {
    EquivalenceCase cases = new EquivalenceCase(outcome -> outcome);
    int named = 0;
    int all = 0;
    Set<StateKey.Kind> kinds = new HashSet<>();
    for (long seed = 0; seed < WINDOWS; seed++) {
      MergedWindow merged = cases.run(seed).merged();
      List<Conflict> conflicts = merged.conflicts();
      MergeStatistics statistics = merged.statistics();
      assertEquals(statistics.reruns() + statistics.roundUnits(), conflicts.size());
      assertEquals(statistics.wastedGas(), conflicts.stream().mapToLong(Conflict::wastedGas).sum());
      for (Conflict conflict : conflicts) {
        assertTrue(conflict.writer() < conflict.unit(), "seed " + seed + ": " + conflict);
        assertTrue(conflict.round() <= statistics.rounds(), "seed " + seed + ": " + conflict);
        if (conflict.writer() >= 0 && conflict.writer() < merged.runs().size()) {
          UnitRun writer = merged.runs().get(conflict.writer());
          assertTrue(writes(writer, conflict), "seed " + seed + ": " + conflict);
          named++;
        }
        kinds.add(conflict.key().kind());
      }
      all += conflicts.size();
    }
    System.out.println(named + " of " + all + " conflicts name the unit that wrote the key");
    assertTrue(named > all / 2, named + " of " + all);
    assertTrue(kinds.size() > 5, "kinds of keys: " + kinds);
  }

  private static boolean writes(UnitRun run, Conflict conflict) {
    for (AccountWrites writes : run.outcome().writes().accounts()) {
      if (writes.address().equals(conflict.key().address())) {
        return true;
      }
    }
    return false;
  }
}
