package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Executes partitions as executors do, and takes the time of executing and of summarising unit by
 * unit. Of several runs the shortest time of each unit counts, which is its own, whatever else the
 * machine does.
 */
public final class SummaryCost {
  private final UnitExecutor executor;
  private final long[] execution;
  private final long[] summary;
  private final long clock = clockNanos();

  /**
   * @param units of the window
   */
  public SummaryCost(UnitExecutor executor, int units) {
    this.executor = executor;
    execution = new long[units];
    summary = new long[units];
    Arrays.fill(execution, Long.MAX_VALUE);
    Arrays.fill(summary, Long.MAX_VALUE);
  }

  /** What asking the clock takes. */
  private static long clockNanos() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 100_000; i++) {
      long start = System.nanoTime();
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  public PartitionResult execute(
      int partition, int[] indexes, List<? extends Unit> units, StateReader snapshot) {
    OverlayState local = new OverlayState(snapshot);
    SummaryBuilder builder = new SummaryBuilder(indexes.length);
    List<UnitRun> runs = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      long start = System.nanoTime();
      Outcome outcome = executor.execute(local, units.get(index), UnitExecutor.Mode.SPECULATIVE);
      long executed = System.nanoTime();
      builder.add(runs.size(), outcome, local);
      long summarised = System.nanoTime();
      local.apply(outcome.writes());
      long applied = System.nanoTime();
      runs.add(new UnitRun(index, outcome, executed - start));
      summary[index] = Math.min(summary[index], summarised - executed - clock);
      execution[index] =
          Math.min(execution[index], applied - summarised + executed - start - 2 * clock);
    }
    return new PartitionResult(partition, runs, builder.build());
  }

  /** Of all units, with applying what they wrote. */
  public double executionNanos() {
    return Arrays.stream(execution).sum();
  }

  /** Of all units. */
  public double summaryNanos() {
    return Arrays.stream(summary).sum();
  }
}
