package io.rekindle.job;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.table.RowTask;
import io.rekindle.job.table.UnitFacts;
import io.rekindle.job.window.FinishTask;
import io.rekindle.merge.MergedWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes what executors need for the rows of a window's blocks, beside their outcomes. */
final class RowTasks {
  private RowTasks() {}

  /**
   * @param before the state that the window starts from
   * @param plan of the window
   * @param roots after each block; null where the state is not complete
   */
  static List<RowTask> of(
      StateReader before,
      WindowPlan plan,
      MergedWindow merged,
      List<FinishTask> blocks,
      List<Hash> roots) {
    OverlayState state = new OverlayState(before);
    Map<Integer, Integer> reruns = new HashMap<>();
    merged.conflicts().forEach(conflict -> reruns.merge(conflict.unit(), 1, Integer::sum));
    List<RowTask> tasks = new ArrayList<>();
    int[] partitionOf = plan.partitionOf(plan.clusters().length);
    int unit = 0;
    for (FinishTask block : blocks) {
      List<UnitFacts> facts = new ArrayList<>();
      for (Outcome outcome : block.outcomes()) {
        long nanos = merged.runs().get(unit).nanos();
        facts.add(
            UnitFacts.of(
                outcome,
                state,
                partitionOf[unit],
                plan.clusters()[unit],
                reruns.getOrDefault(unit, 0),
                nanos));
        state.apply(outcome.writes());
        unit++;
      }
      tasks.add(new RowTask(block, facts, roots == null ? null : roots.get(block.block())));
    }
    return tasks;
  }
}
