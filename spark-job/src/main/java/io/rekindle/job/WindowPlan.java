package io.rekindle.job;

/**
 * How a window is executed.
 *
 * @param partitions places of the units in the window, ascending in each partition
 * @param observed by place, whether the unit is watched, so that templates learn from it
 */
record WindowPlan(int[][] partitions, boolean[] observed) {}
