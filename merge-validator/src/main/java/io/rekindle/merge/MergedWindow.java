package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import java.util.List;

/**
 * A window whose every unit has the outcome that serial execution gives it.
 *
 * @param runs one a unit, in chain order; ends with the first invalid unit where there is one
 * @param conflicts why units were re-run, in order
 */
public record MergedWindow(
    List<UnitRun> runs, List<Conflict> conflicts, MergeStatistics statistics) {
  /** The place of the unit that makes its block invalid, or -1. */
  public int invalidUnit() {
    if (runs.isEmpty()) {
      return -1;
    }
    Outcome last = runs.get(runs.size() - 1).outcome();
    return last.result() instanceof UnitResult.Invalid ? runs.size() - 1 : -1;
  }

  /** Of all runs. */
  public long gasUsed() {
    long gas = 0;
    for (UnitRun run : runs) {
      gas += run.gasUsed();
    }
    return gas;
  }

  /** The state after the window, over the one it started from. */
  public OverlayState stateAfter(StateReader snapshot) {
    OverlayState state = new OverlayState(snapshot);
    for (UnitRun run : runs) {
      state.apply(run.outcome().writes());
    }
    return state;
  }
}
