package io.rekindle.job;

/**
 * How a window is executed.
 *
 * @param partitions places of the units in the window, ascending in each partition
 * @param observed by place, whether the unit is watched, so that templates learn from it
 * @param clusters by place, the number of the unit's cluster
 */
record WindowPlan(int[][] partitions, boolean[] observed, int[] clusters) {
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
}
