package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans a round on what its units did when they last ran: units that share a key which one of them
 * writes go into one partition, without cuts, since they have proved that they conflict.
 */
public final class RoundPlanner {
  private final Partitioner partitioner = Partitioner.byName("clusters");
  private final PlanSettings settings;

  /**
   * @param cores that run at the same time
   */
  public RoundPlanner(int cores) {
    this.settings = PlanSettings.forCores(cores).withCutting(PlanSettings.Cutting.OFF);
  }

  /**
   * @param units of the window, in chain order
   * @return the round's units, each in one partition, ascending in each, none empty
   */
  public int[][] plan(List<? extends Unit> units, Round round) {
    List<Unit> stale = new ArrayList<>();
    long[] costs = new long[round.units().length];
    AccessHints.Builder hints = AccessHints.builder();
    for (int i = 0; i < costs.length; i++) {
      Outcome outcome = round.observed().get(i);
      stale.add(units.get(round.units()[i]));
      costs[i] = 21_000 + new UnitRun(round.units()[i], outcome, 0).gasUsed();
      hints.startUnit();
      UnitHints.addObserved(hints, outcome.reads(), outcome.writes(), HintSource.SIDECAR);
    }
    PartitionPlan plan = partitioner.plan(new WindowUnits(stale, costs, hints.build()), settings);
    List<int[]> partitions = new ArrayList<>();
    for (int p = 0; p < plan.partitions(); p++) {
      int[] places = plan.partition(p).clone();
      for (int i = 0; i < places.length; i++) {
        places[i] = round.units()[places[i]];
      }
      if (places.length > 0) {
        partitions.add(places);
      }
    }
    return partitions.toArray(int[][]::new);
  }
}
