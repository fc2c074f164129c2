package io.rekindle.job;

import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.merge.MergeStatistics;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.PlanReport;
import java.util.List;

/**
 * What planning makes of a window. Costs are gas.
 *
 * @param report on what the units touched, with the first of the plans
 * @param plans one for each strategy that was asked for
 */
record PlannedWindow(BlockRange range, PlanReport report, List<Planned> plans) {
  /**
   * A plan, and what became of it.
   *
   * @param merged what merging its partitions took; null for a strategy whose units start from
   *     their true pre-state, so that there is nothing to find out
   */
  record Planned(PartitionPlan plan, MergeStatistics merged) {
    /** Gas on the longest core and of the re-runs after it, as executing had it. */
    long executedMakespan() {
      return plan.makespan() - plan.rerunCost() + wastedGas();
    }

    /** Gas of executions that merging discarded. */
    long wastedGas() {
      return merged == null ? 0 : merged.wastedGas();
    }
  }

  /** Of the units; at least one for each. */
  long gas() {
    return report.totalCost();
  }
}
