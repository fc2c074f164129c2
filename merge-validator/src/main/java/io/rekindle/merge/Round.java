package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Stale units of a window that go back to the executors together.
 *
 * @param units their places in the window, ascending
 * @param observed what each did when it last ran, to plan by; same order
 * @param base the merged state after the units that are final; not to be changed
 * @param between the runs after the final ones that are likely to stand, in chain order: a stale
 *     unit sees the writes of those before it
 */
public record Round(int[] units, List<Outcome> observed, OverlayState base, List<UnitRun> between) {

  /**
   * The runs of {@link #between} that write an account which these units touched: all that a
   * partition is likely to see. What it misses makes a unit stale again, never wrong.
   *
   * @param partition places of units of the round, ascending
   */
  public List<UnitRun> betweenFor(int[] partition) {
    Set<Address> touched = new HashSet<>();
    int place = 0;
    for (int unit : partition) {
      while (units[place] != unit) {
        place++;
      }
      for (AccountReads account : observed.get(place).reads().accounts()) {
        touched.add(account.address());
      }
      for (AccountWrites account : observed.get(place).writes().accounts()) {
        touched.add(account.address());
      }
    }
    List<UnitRun> seen = new ArrayList<>();
    for (UnitRun run : between) {
      if (run.index() < partition[partition.length - 1] && writesAny(run.outcome(), touched)) {
        seen.add(run);
      }
    }
    return seen;
  }

  private static boolean writesAny(Outcome outcome, Set<Address> accounts) {
    for (AccountWrites account : outcome.writes().accounts()) {
      if (accounts.contains(account.address())) {
        return true;
      }
    }
    return false;
  }
}
