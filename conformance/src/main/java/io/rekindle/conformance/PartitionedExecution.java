package io.rekindle.conformance;

import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.process.BlockExecution;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.merge.LocalRunner;
import io.rekindle.merge.MergeSettings;
import io.rekindle.merge.RoundPlanner;
import io.rekindle.merge.UnitRun;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Executes a block as a window of its own: planned on what its transactions tell, executed in
 * partitions on threads, and merged.
 */
public final class PartitionedExecution implements BlockExecution {
  private static final int THREADS = 2;
  private static final long MAX_GAS = 1L << 32;

  private final Partitioner partitioner;
  private final PlanSettings settings = PlanSettings.forCores(THREADS);
  private final LocalRunner runner;

  /**
   * @param strategy a name that {@link Partitioner#byName} knows
   */
  public PartitionedExecution(Supplier<EvmEngine> engines, String strategy) {
    this.partitioner = Partitioner.byName(strategy);
    this.runner =
        new LocalRunner(THREADS, engines, MergeSettings.DEFAULT, new RoundPlanner(THREADS));
  }

  @Override
  public Iterator<Outcome> outcomes(List<Unit> units, OverlayState state) {
    // The state moves on while the outcomes are taken: all are made before the first is.
    return runner.run(units, plan(units), state).runs().stream().map(UnitRun::outcome).iterator();
  }

  private int[][] plan(List<Unit> units) {
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

  /** The gas limit, or what a block could give at most where a test's limit is absurd. */
  private static long cost(Unit unit) {
    return unit instanceof Unit.TransactionUnit transaction
        ? Math.max(1, Math.min(transaction.transaction().gasLimit(), MAX_GAS))
        : 1;
  }

  @Override
  public void close() {
    runner.close();
  }
}
