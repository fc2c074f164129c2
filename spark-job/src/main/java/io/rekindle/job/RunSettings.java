package io.rekindle.job;

import io.rekindle.merge.MergeSettings;

/**
 * How a run cuts and plans its windows.
 *
 * @param strategy of the partitioner, by name
 * @param windowGas gas after which a window is closed
 * @param maxWindowBlocks blocks after which it is closed whatever their gas
 * @param windowsAhead windows that may execute beside the one being merged, where they need not
 *     wait for it
 * @param cores that execute at the same time
 * @param onMismatch what a failed check does
 */
public record RunSettings(
    String strategy,
    long windowGas,
    int maxWindowBlocks,
    int windowsAhead,
    int cores,
    OnMismatch onMismatch) {
  /** More windows would lengthen the way of a read through the sidecars of those before. */
  private static final int MAX_AHEAD = 8;

  /** Finishing a unit takes some ten microseconds; a task costs Spark about 4 ms by itself. */
  private static final int UNITS_PER_FINISH_TASK = 2_000;

  /**
   * Windows that execute beside the one being merged where nothing else is asked for: two, so that
   * the end of one is filled by the next while a third waits, and more where a window's share of a
   * core is small.
   */
  static int usualAhead(int cores) {
    return Math.min(MAX_AHEAD, 2 + cores / 16);
  }

  /** Ranges that run side by side where nothing else is asked for. */
  int usualRanges() {
    return Math.max(2, Math.min(MAX_AHEAD, cores / 4));
  }

  /** Tasks that blocks with so many units are finished in. */
  int finishTasks(int units) {
    return Math.min(2 * cores, 1 + units / UNITS_PER_FINISH_TASK);
  }

  /** Stale units go back to executors where they are more than two cores' share of a window. */
  MergeSettings mergeSettings() {
    MergeSettings defaults = MergeSettings.DEFAULT;
    return new MergeSettings(
        Math.min(1, Math.max(defaults.roundShare(), 2.0 / cores)), defaults.maxRounds());
  }
}
