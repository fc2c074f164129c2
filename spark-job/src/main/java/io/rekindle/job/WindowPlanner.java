package io.rekindle.job;

import io.rekindle.evm.process.Unit;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import java.util.List;

/** Plans windows on the driver. */
final class WindowPlanner {
  private final Partitioner partitioner;
  private final PlanSettings settings;

  WindowPlanner(RunSettings run) {
    this.partitioner = Partitioner.byName(run.strategy());
    this.settings = PlanSettings.forCores(run.cores());
  }

  /** Places of the units, by partition. */
  int[][] plan(List<Unit> units) {
    AccessHints.Builder hints = AccessHints.builder();
    long[] costs = new long[units.size()];
    for (int i = 0; i < costs.length; i++) {
      hints.startUnit();
      UnitHints.addKnown(hints, units.get(i));
      costs[i] = cost(units.get(i));
    }
    PartitionPlan plan = partitioner.plan(new WindowUnits(units, costs, hints.build()), settings);
    int[][] partitions = new int[plan.partitions()][];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = plan.partition(i);
    }
    return partitions;
  }

  /** Gas limits are all that is known before anything ran. */
  private static long cost(Unit unit) {
    return unit instanceof Unit.TransactionUnit transaction
        ? Math.max(1, transaction.transaction().gasLimit())
        : 20_000;
  }
}
