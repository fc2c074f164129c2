package io.rekindle.partitioner;

import java.util.List;

/**
 * Which partition runs which units. Every unit of the {@link WindowUnits} is in exactly one
 * partition; inside it units stand in chain order. No partition is empty; the most costly come
 * first, so that a scheduler that starts them in order ends evenly.
 */
public final class PartitionPlan {
  private final String strategy;
  private final int[] clusterOf;
  private final int[] partitionOf;
  private final int[][] partitions;
  private final long[] partitionCosts;
  private final List<CutKey> cutKeys;
  private final long rerunCost;
  private final long makespan;

  PartitionPlan(
      String strategy,
      int[] clusterOf,
      int[] partitionOf,
      int[][] partitions,
      long[] partitionCosts,
      List<CutKey> cutKeys,
      long rerunCost,
      long makespan) {
    this.strategy = strategy;
    this.clusterOf = clusterOf;
    this.partitionOf = partitionOf;
    this.partitions = partitions;
    this.partitionCosts = partitionCosts;
    this.cutKeys = cutKeys;
    this.rerunCost = rerunCost;
    this.makespan = makespan;
  }

  /** The name of the strategy that made the plan. */
  public String strategy() {
    return strategy;
  }

  /** How many units the plan places. */
  public int units() {
    return partitionOf.length;
  }

  /** How many partitions there are; none where there are no units. */
  public int partitions() {
    return partitions.length;
  }

  /** The units of a partition, ascending, which is chain order. Not to be changed. */
  public int[] partition(int partition) {
    return partitions[partition];
  }

  /** The units of every partition, each ascending. */
  public int[][] allPartitions() {
    return partitions.clone();
  }

  public int partitionOf(int unit) {
    return partitionOf[unit];
  }

  /**
   * The cluster that a unit belongs to, numbered from 0 in order of first unit. Units of a cluster
   * share a partition.
   */
  public int clusterOf(int unit) {
    return clusterOf[unit];
  }

  /** Predicted cost of a partition's units. */
  public long cost(int partition) {
    return partitionCosts[partition];
  }

  /** Predicted cost of the most costly partition; 0 where there is none. */
  public long longestPartition() {
    return partitionCosts.length == 0 ? 0 : partitionCosts[0];
  }

  /** Keys that glued units together and were cut, most units first. */
  public List<CutKey> cutKeys() {
    return cutKeys;
  }

  /** Predicted cost of the units that the merge will have to run again. */
  public long rerunCost() {
    return rerunCost;
  }

  /**
   * Predicted time from the first unit to the last: the partitions, started in order on the plan's
   * cores, and then the re-runs, one after another.
   */
  public long makespan() {
    return makespan;
  }
}
