package io.rekindle.partitioner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Executes a plan on a toy state and merges it, as the real executors and merge do: every touch
 * reads a key's value, every change sets it to a mix of all that the unit read. Deltas add. A
 * partition sees the start and its own changes; a unit whose reads do not hold against the merged
 * state is run again. Knows nothing of how plans are made.
 */
final class Simulation {
  private final WindowUnits window;
  private final List<List<AccessHints.AccessHint>> touches = new ArrayList<>();

  /** What a simulated run took. */
  record Result(long makespan, long rerunCost, Map<StateKey, Long> state) {}

  Simulation(WindowUnits window) {
    this.window = window;
    for (int unit = 0; unit < window.size(); unit++) {
      touches.add(window.hints().of(unit));
    }
  }

  Map<StateKey, Long> serial() {
    Map<StateKey, Long> state = new HashMap<>();
    for (int unit = 0; unit < window.size(); unit++) {
      apply(unit, state, readsOf(unit, state));
    }
    return state;
  }

  private Map<StateKey, Long> readsOf(int unit, Map<StateKey, Long> state) {
    Map<StateKey, Long> reads = new HashMap<>();
    for (AccessHints.AccessHint touch : touches.get(unit)) {
      if (touch.mode() != AccessMode.DELTA) {
        reads.put(touch.key(), state.getOrDefault(touch.key(), 0L));
      }
    }
    return reads;
  }

  private void apply(int unit, Map<StateKey, Long> state, Map<StateKey, Long> reads) {
    long mixed = unit + 1L;
    for (AccessHints.AccessHint touch : touches.get(unit)) {
      Long read = reads.get(touch.key());
      mixed = mixed * 0x9E3779B97F4A7C15L + (read == null ? 7 : read);
    }
    for (AccessHints.AccessHint touch : touches.get(unit)) {
      if (touch.mode() == AccessMode.DELTA) {
        state.merge(touch.key(), 3L * unit + 1, Long::sum);
      } else if (touch.mode() == AccessMode.WRITE) {
        state.put(touch.key(), mixed ^ touch.key().hashCode());
      }
    }
  }

  Result run(PartitionPlan plan, int cores) {
    List<Map<StateKey, Long>> speculated = new ArrayList<>();
    for (int unit = 0; unit < window.size(); unit++) {
      speculated.add(null);
    }
    PriorityQueue<Long> ends = new PriorityQueue<>();
    long makespan = 0;
    for (int partition = 0; partition < plan.partitions(); partition++) {
      Map<StateKey, Long> own = new HashMap<>();
      long end = ends.size() < cores ? 0 : ends.remove();
      for (int unit : plan.partition(partition)) {
        speculated.set(unit, readsOf(unit, own));
        apply(unit, own, speculated.get(unit));
        end += window.cost(unit);
      }
      ends.add(end);
      makespan = Math.max(makespan, end);
    }
    long reruns = 0;
    Map<StateKey, Long> merged = new HashMap<>();
    for (int unit = 0; unit < window.size(); unit++) {
      Map<StateKey, Long> truth = readsOf(unit, merged);
      if (!truth.equals(speculated.get(unit))) {
        reruns += window.cost(unit);
      }
      apply(unit, merged, truth);
    }
    return new Result(makespan + reruns, reruns, merged);
  }
}
