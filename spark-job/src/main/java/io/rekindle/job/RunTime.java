package io.rekindle.job;

import io.rekindle.job.output.GroupManifest.Counts;
import java.util.Locale;

/**
 * How long blocks may take: so much for each block and so much for its gas, by what a run over them
 * was measured to take, or else by what runs over the project's own archives were.
 *
 * @param basis in words, what the figures are taken from
 * @param factor by which the run that was measured took longer than the constants say
 */
record RunTime(String basis, double factor) {
  /** Until Spark is there and the first window is on its way. */
  private static final double START_SECONDS = 6;

  /** For decoding, planning and finishing a block, whatever is in it, on one core. */
  private static final double CORE_SECONDS_PER_BLOCK = 0.002;

  /** For executing gas and writing its rows to all tables, on one core. */
  private static final double CORE_SECONDS_PER_GIGAGAS = 16;

  /** What a core takes by the constants. */
  private static double modelled(long blocks, long gas) {
    return blocks * CORE_SECONDS_PER_BLOCK + gas / 1e9 * CORE_SECONDS_PER_GIGAGAS;
  }

  /**
   * @param committed what is in the tables that the run goes on with or replaces
   */
  static RunTime by(Counts committed) {
    if (committed.coreSeconds() == 0) {
      return new RunTime(
          "by runs over the sample chain and mainnet's first blocks, right within a factor of 3",
          1);
    }
    return new RunTime(
        String.format(
            Locale.ROOT,
            "by the %,d blocks in the tables, which took %,.0f core seconds",
            committed.blocks(),
            committed.coreSeconds()),
        committed.coreSeconds() / modelled(committed.blocks(), committed.gas()));
  }

  /** Wall time of a run, in seconds. */
  double seconds(long blocks, long gas, int cores) {
    return START_SECONDS + factor * modelled(blocks, gas) / cores;
  }
}
