package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.OverlayState;
import java.util.List;

/** Executes stale units again, in parallel, as new partitions on a later state. */
@FunctionalInterface
public interface RoundRunner {
  /**
   * @param units places of the stale units in the window, ascending
   * @param observed what each did when it last ran, to plan by; same order
   * @param base the merged state after the units that are already final; not to be changed
   * @return partitions that together hold exactly these units
   */
  List<PartitionResult> run(int[] units, List<Outcome> observed, OverlayState base);
}
