package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest.Failure;
import java.io.PrintWriter;

/** What a run has found. */
public final class RunReport {
  private final RunTotals totals;
  private final RunOutput output;
  private final BlockRange range;
  private final long nanos;

  /**
   * @param output null where no rows were wanted
   * @param range that was asked for
   */
  RunReport(RunTotals totals, RunOutput output, BlockRange range, long nanos) {
    this.totals = totals;
    this.output = output;
    this.range = range;
    this.nanos = nanos;
  }

  /** Whether every block passed every check, those included that earlier runs put in the tables. */
  public boolean passed() {
    return totals.checksFailed == 0 && (output == null || output.committed().checksFailed() == 0);
  }

  /** Blocks that were finished. */
  public long blocks() {
    return totals.blocks;
  }

  /** Whether all of it was there already. */
  public boolean nothingToDo() {
    return totals.windows == 0;
  }

  /** Rounds in which stale units went back to executors. */
  public long rounds() {
    return totals.rounds;
  }

  public void print(PrintWriter out) {
    if (nothingToDo() && output != null) {
      for (Failure failure : output.committedFailures()) {
        out.println(failure.asCheck());
      }
      out.println("nothing to do: " + range + " are in the tables already");
      out.printf("%,d checks failed in them%n", output.committed().checksFailed());
      out.flush();
      return;
    }
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
    totals.notes.forEach(note -> out.println("note: " + note));
    if (totals.unlisted.count() > 0) {
      out.println(totals.unlisted);
    }
    out.printf("%,d checks passed, %,d failed%n", totals.checksPassed, totals.checksFailed);
    out.flush();
  }
}
