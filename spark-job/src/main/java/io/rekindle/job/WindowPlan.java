package io.rekindle.job;

import io.rekindle.merge.StateKey;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.KeyKind;
import io.rekindle.partitioner.PartitionPlan;
import java.util.Arrays;
import java.util.Objects;

/**
 * How a window is executed.
 *
 * @param partitions places of the units in the window, ascending in each partition
 * @param costs of the partitions, as predicted, in gas
 * @param observed by place, whether the unit is watched, so that templates learn from it
 * @param clusters by place, the number of the unit's cluster
 * @param hints that the plan was made on
 */
record WindowPlan(
    int[][] partitions, long[] costs, boolean[] observed, int[] clusters, AccessHints hints) {
  static WindowPlan of(PartitionPlan plan, boolean[] observed, AccessHints hints) {
    int[] clusters = new int[plan.units()];
    Arrays.setAll(clusters, plan::clusterOf);
    long[] costs = new long[plan.partitions()];
    Arrays.setAll(costs, plan::cost);
    return new WindowPlan(plan.allPartitions(), costs, observed, clusters, hints);
  }

  /** The partition of each unit. */
  int[] partitionOf(int units) {
    int[] partitionOf = new int[units];
    for (int partition = 0; partition < partitions.length; partition++) {
      for (int unit : partitions[partition]) {
        partitionOf[unit] = partition;
      }
    }
    return partitionOf;
  }

  /** Whether a hint told that a unit would touch a key. */
  boolean foresaw(int unit, StateKey key) {
    KeyKind kind = kindOf(key);
    for (AccessHints.AccessHint hint : hints.of(unit)) {
      if (hint.key().kind() == kind
          && hint.key().address().equals(key.address())
          && Objects.equals(hint.key().slot(), key.slot())) {
        return true;
      }
    }
    return false;
  }

  private static KeyKind kindOf(StateKey key) {
    return switch (key.kind()) {
      case BALANCE -> KeyKind.BALANCE;
      case NONCE -> KeyKind.NONCE;
      case CODE -> KeyKind.CODE;
      case STORAGE -> KeyKind.SLOT;
      case EMPTINESS, EXISTENCE, HAS_STORAGE -> KeyKind.EXISTENCE;
      case UNKNOWN -> null;
    };
  }
}
