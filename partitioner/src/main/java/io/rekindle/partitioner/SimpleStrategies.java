package io.rekindle.partitioner;

import io.rekindle.evm.process.Unit;

/** The strategies that do not look at hints for grouping. */
final class SimpleStrategies {
  private SimpleStrategies() {}

  static Grouping serial(WindowUnits window, PlanSettings settings) {
    return new Grouping(new int[window.size()], new int[window.size()], 1, null);
  }

  static Grouping roundRobin(WindowUnits window, PlanSettings settings) {
    int[] clusterOf = eachItsOwn(window.size());
    int[] partitionOf = new int[window.size()];
    for (int unit = 0; unit < partitionOf.length; unit++) {
      partitionOf[unit] = unit % settings.partitions();
    }
    return new Grouping(
        clusterOf, partitionOf, settings.partitions(), ConflictGraph.of(window.hints(), settings));
  }

  static Grouping blocks(WindowUnits window, PlanSettings settings) {
    int[] clusterOf = new int[window.size()];
    int blocks = 0;
    for (int unit = 0; unit < clusterOf.length; unit++) {
      if (unit > 0 && number(window.units().get(unit)) != number(window.units().get(unit - 1))) {
        blocks++;
      }
      clusterOf[unit] = blocks;
    }
    return packed(
        window, settings, clusterOf, blocks + 1, ConflictGraph.of(window.hints(), settings));
  }

  private static long number(Unit unit) {
    return unit.block().context().number();
  }

  /**
   * Contiguous runs: a partition's rows come out in chain order, and what neighbouring blocks touch
   * is fetched once. A run ends where the sum of costs is nearest to its share.
   */
  static Grouping versioned(WindowUnits window, PlanSettings settings) {
    int partitions = settings.partitions();
    double share = (double) window.totalCost() / partitions;
    int[] partitionOf = new int[window.size()];
    long before = 0;
    for (int unit = 0; unit < partitionOf.length; unit++) {
      double middle = before + window.cost(unit) / 2.0;
      partitionOf[unit] = (int) Math.min(partitions - 1, Math.floor(middle / share));
      before += window.cost(unit);
    }
    return new Grouping(eachItsOwn(window.size()), partitionOf, partitions, null);
  }

  private static int[] eachItsOwn(int size) {
    int[] clusterOf = new int[size];
    for (int unit = 0; unit < size; unit++) {
      clusterOf[unit] = unit;
    }
    return clusterOf;
  }

  /** Packs clusters by cost. */
  static Grouping packed(
      WindowUnits window,
      PlanSettings settings,
      int[] clusterOf,
      int clusters,
      ConflictGraph graph) {
    long[] costs = new long[clusters];
    for (int unit = 0; unit < clusterOf.length; unit++) {
      costs[clusterOf[unit]] += window.cost(unit);
    }
    int[] partitionOfCluster = Packing.pack(costs, settings);
    int[] partitionOf = new int[clusterOf.length];
    for (int unit = 0; unit < partitionOf.length; unit++) {
      partitionOf[unit] = partitionOfCluster[clusterOf[unit]];
    }
    return new Grouping(clusterOf, partitionOf, settings.partitions(), graph);
  }
}
