package io.rekindle.job;

import io.rekindle.merge.MergeSettings;

/**
 * How a run cuts and plans its windows.
 *
 * @param strategy of the partitioner, by name
 * @param windowGas gas after which a window is closed
 * @param maxWindowBlocks blocks after which it is closed whatever their gas
 * @param cores that execute at the same time
 * @param onMismatch what a failed check does
 */
public record RunSettings(
    String strategy, long windowGas, int maxWindowBlocks, int cores, OnMismatch onMismatch) {
  /** Stale units go back to executors where they are more than two cores' share of a window. */
  MergeSettings mergeSettings() {
    MergeSettings defaults = MergeSettings.DEFAULT;
    return new MergeSettings(
        Math.min(1, Math.max(defaults.roundShare(), 2.0 / cores)), defaults.maxRounds());
  }
}
