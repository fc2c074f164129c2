package io.rekindle.job;

import io.rekindle.partitioner.KeyLevel;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import java.util.List;

/**
 * What {@link PlanRun} plans for.
 *
 * @param strategies of the partitioner, by name, at least one
 * @param level of keys at which clusters are told apart
 * @param cores that run at the same time
 * @param hints that plans are made on
 */
public record PlanChoice(List<String> strategies, KeyLevel level, int cores, Hints hints) {
  /** Where it is known from what units touch. */
  public enum Hints {
    /** From transactions and what earlier windows taught, as a run without sidecars knows it. */
    LEARNED,
    /** From executing the units, as a run with sidecars knows it. */
    OBSERVED
  }

  public PlanChoice {
    strategies = List.copyOf(strategies);
    if (strategies.isEmpty()) {
      throw new IllegalArgumentException("no strategy is named");
    }
    strategies.forEach(Partitioner::byName);
    if (cores < 1 || cores > 1 << 20) {
      throw new IllegalArgumentException("--cores must be 1 to 1048576, not " + cores);
    }
  }

  PlanSettings settings() {
    return PlanSettings.forCores(cores).withLevel(level);
  }
}
