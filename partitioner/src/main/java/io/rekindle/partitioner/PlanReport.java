package io.rekindle.partitioner;

import java.util.ArrayList;
import java.util.List;

/**
 * What a window's hints say about its parallelism: at both levels of keys, and for 1 to 1,024
 * cores. Costs are in the window's unit, gas or nanoseconds.
 *
 * @param plan the plan that is reported on
 * @param quality what became of the hints, or null where nothing was observed yet
 */
public record PlanReport(
    PartitionPlan plan,
    PlanSettings settings,
    int units,
    long totalCost,
    LevelReport slots,
    LevelReport accounts,
    HintQuality quality) {

  /**
   * One level of keys.
   *
   * @param clusters without a cut, units alone in theirs included
   * @param largestCluster cost of the most costly of them
   * @param criticalPath cost of the longest chain of units that read what the one before changed
   */
  public record LevelReport(
      KeyLevel level,
      int clusters,
      long largestCluster,
      long criticalPath,
      int conflictingKeys,
      List<Scale> scales) {}

  /**
   * What a number of cores would give.
   *
   * @param makespan predicted, with cuts where they pay
   * @param uncutMakespan predicted without cuts
   * @param efficiency {@link PlanReport#efficiency}
   */
  public record Scale(
      int cores, long makespan, long uncutMakespan, long rerunCost, double efficiency) {}

  private static final int MOST_CORES = 1024;

  /** The share of the cores' time that goes to work done once, 0..1. */
  public static double efficiency(long cost, int cores, long makespan) {
    return makespan == 0 ? 1 : (double) cost / cores / makespan;
  }

  /**
   * Reports on a plan of the window. Plans it 22 times at each level: seconds for large windows.
   */
  public static PlanReport of(
      WindowUnits window, PlanSettings settings, PartitionPlan plan, HintQuality quality) {
    return new PlanReport(
        plan,
        settings,
        window.size(),
        window.totalCost(),
        level(window, settings.withLevel(KeyLevel.SLOT)),
        level(window, settings.withLevel(KeyLevel.ACCOUNT)),
        quality);
  }

  private static LevelReport level(WindowUnits window, PlanSettings settings) {
    ConflictGraph graph =
        ConflictGraph.of(window.hints(), settings.withSenders(PlanSettings.Senders.FREE));
    UnionFind sets = ClusterStrategy.clusters(graph, window);
    int clusters = 0;
    for (int cluster : sets.numbered()) {
      clusters = Math.max(clusters, cluster + 1);
    }
    List<Scale> scales = new ArrayList<>();
    for (int cores = 1; cores <= MOST_CORES; cores *= 2) {
      scales.add(scale(window, settings.withCores(cores)));
    }
    return new LevelReport(
        settings.level(),
        clusters,
        sets.largestCost(),
        CriticalPath.cost(graph, window),
        graph.keys(),
        List.copyOf(scales));
  }

  private static Scale scale(WindowUnits window, PlanSettings settings) {
    Partitioner partitioner = Partitioner.byName("clusters");
    PartitionPlan cut = partitioner.plan(window, settings.withCutting(PlanSettings.Cutting.ON));
    PartitionPlan uncut = partitioner.plan(window, settings.withCutting(PlanSettings.Cutting.OFF));
    return new Scale(
        settings.cores(),
        cut.makespan(),
        uncut.makespan(),
        cut.rerunCost(),
        efficiency(window.totalCost(), settings.cores(), cut.makespan()));
  }
}
