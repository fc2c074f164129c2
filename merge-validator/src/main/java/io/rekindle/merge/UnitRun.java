package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;

/**
 * An executed unit.
 *
 * @param index place of the unit in the window's chain order, from 0
 * @param nanos CPU time that executing took. The clock of CPU time is too slow to be asked for
 *     every unit: a partition's time is divided among its units by the wall time of each
 */
public record UnitRun(int index, Outcome outcome, long nanos) {
  /** Gas used; zero for openings, closings and units without a verdict. */
  public long gasUsed() {
    return outcome.result() instanceof UnitResult.Executed executed ? executed.gasUsed() : 0;
  }
}
