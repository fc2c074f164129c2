package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import java.io.PrintWriter;

/** What a run has found. */
public final class RunReport {
  private final RunTotals totals;
  private final long nanos;

  RunReport(RunTotals totals, long nanos) {
    this.totals = totals;
    this.nanos = nanos;
  }

  /** Whether every block that was looked at passed every check. */
  public boolean passed() {
    return totals.failures.isEmpty();
  }

  /** Blocks that were finished. */
  public long blocks() {
    return totals.blocks;
  }

  /** Rounds in which stale units went back to executors. */
  public long rounds() {
    return totals.rounds;
  }

  public void print(PrintWriter out) {
    double seconds = nanos / 1e9;
    for (BlockCheck failure : totals.failures) {
      out.println(failure);
    }
    out.printf(
        "%,d blocks, %,d transactions, %,d gas in %.1f s (%.1f Mgas/s)%n",
        totals.blocks, totals.transactions, totals.gas, seconds, totals.gas / 1e6 / seconds);
    out.printf(
        "%d windows, %d partitions, %d accepted whole, %d units re-run in %d rounds, %,d gas wasted%n",
        totals.windows,
        totals.partitions,
        totals.acceptedWhole,
        totals.reruns,
        totals.rounds,
        totals.wastedGas);
    out.printf(
        "execute %.1f s, validate %.1f s, re-run %.1f s, state roots %.1f s%n",
        totals.executeNanos / 1e9,
        totals.validationNanos / 1e9,
        totals.rerunNanos / 1e9,
        totals.rootNanos / 1e9);
    out.printf("%,d checks passed, %,d failed%n", totals.checksPassed, totals.failures.size());
    out.flush();
  }
}
