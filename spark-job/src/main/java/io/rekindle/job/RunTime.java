package io.rekindle.job;

import io.rekindle.job.output.GroupManifest.Counts;
import java.util.Locale;

/**
 * How long blocks may take: so much for each block and so much for its gas, by what a run over them
 * was measured to take, or else by what runs over known archives were.
 *
 * @param basis in words, what the figures are taken from
 * @param rates what a block and its gas take on one core
 * @param factor by which the run that was measured took longer than the rates say
 */
record RunTime(String basis, Rates rates, double factor) {
  /**
   * Until Spark is there and the first window is on its way; 6.9 seconds of two cores' CPU time
   * were measured.
   */
  private static final double START_SECONDS = 6;

  /**
   * Measured as the process' CPU time on two cores, the start taken off. Blocks: the 8,191 empty
   * ones of mainnet's first days, 1.0 and 2.1 ms. Gas: the 1.94 Ggas of the sample chain, 7.3 and
   * 16.7 s a Ggas. Dumps of 41 blocks of mainnet, which each bring their state, took 20 and 47 s a
   * Ggas: short runs pay for the JVM's compilers.
   *
   * @param secondsPerBlock for decoding, planning and finishing a block, whatever is in it
   * @param secondsPerGigagas for executing gas
   */
  private record Rates(double secondsPerBlock, double secondsPerGigagas) {
    static final Rates WITHOUT_TABLES = new Rates(0.001, 7);

    /** With rows of all tables. */
    static final Rates WITH_TABLES = new Rates(0.002, 16);

    double coreSeconds(long blocks, long gas) {
      return blocks * secondsPerBlock + gas / 1e9 * secondsPerGigagas;
    }
  }

  /** A run that writes no tables. */
  static RunTime withoutTables() {
    return new RunTime(
        "by the CPU time of runs without tables over the sample chain and mainnet's first blocks,"
            + " right within a factor of 3",
        Rates.WITHOUT_TABLES,
        1);
  }

  /**
   * A run that writes tables.
   *
   * @param committed what is in the tables that the run goes on with or replaces
   */
  static RunTime by(Counts committed) {
    if (committed.coreSeconds() == 0) {
      return new RunTime(
          "by the CPU time of runs with all tables over the sample chain and mainnet's first blocks,"
              + " right within a factor of 3",
          Rates.WITH_TABLES,
          1);
    }
    return new RunTime(
        String.format(
            Locale.ROOT,
            "by the %,d blocks in the tables, which took %,.0f core seconds",
            committed.blocks(),
            committed.coreSeconds()),
        Rates.WITH_TABLES,
        committed.coreSeconds()
            / Rates.WITH_TABLES.coreSeconds(committed.blocks(), committed.gas()));
  }

  /** Wall time of a run, in seconds. */
  double seconds(long blocks, long gas, int cores) {
    return START_SECONDS + factor * rates.coreSeconds(blocks, gas) / cores;
  }
}
