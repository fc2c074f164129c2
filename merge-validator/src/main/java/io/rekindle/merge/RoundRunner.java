package io.rekindle.merge;

import java.util.List;

/** Executes the stale units of a round, in parallel. */
@FunctionalInterface
public interface RoundRunner {
  /**
   * @return one run for each of the round's units, in any order
   */
  List<UnitRun> run(Round round);
}
