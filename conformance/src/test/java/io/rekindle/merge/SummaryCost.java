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
 * unit. A summary is made while writes are applied to the partition's state, so every partition
 * runs twice, once without; what applying takes longer is the summary's. Of several runs the
 * shortest time of each unit counts, which is its own, whatever else the machine does.
 */
public final class SummaryCost {
  private final UnitExecutor executor;
  private final long[] execution;
  private final long[] plain;
  private final long[] summarised;

  /** Of each partition: making the builder, and from it the result. */
  private long[] aroundUnits = {};

  private final long clock = clockNanos();

  /**
   * @param units of the window
   */
  public SummaryCost(UnitExecutor executor, int units) {
    this.executor = executor;
    execution = new long[units];
    plain = new long[units];
    summarised = new long[units];
    for (long[] nanos : List.of(execution, plain, summarised)) {
      Arrays.fill(nanos, Long.MAX_VALUE);
    }
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
    executePlain(indexes, units, snapshot);
    final long begun = System.nanoTime();
    SummaryBuilder builder = new SummaryBuilder(snapshot, indexes.length);
    long around = System.nanoTime() - begun - clock;
    List<UnitRun> runs = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      long start = System.nanoTime();
      Outcome outcome =
          executor.execute(builder.state(), units.get(index), UnitExecutor.Mode.SPECULATIVE);
      long executed = System.nanoTime();
      builder.apply(runs.size(), outcome);
      long applied = System.nanoTime();
      runs.add(new UnitRun(index, outcome, executed - start));
      summarised[index] = Math.min(summarised[index], applied - executed - clock);
    }
    long ended = System.nanoTime();
    PartitionResult result = new PartitionResult(partition, runs, builder.build());
    around += System.nanoTime() - ended - clock;
    if (partition >= aroundUnits.length) {
      int known = aroundUnits.length;
      aroundUnits = Arrays.copyOf(aroundUnits, partition + 1);
      Arrays.fill(aroundUnits, known, partition + 1, Long.MAX_VALUE);
    }
    aroundUnits[partition] = Math.min(aroundUnits[partition], around);
    return result;
  }

  private void executePlain(int[] indexes, List<? extends Unit> units, StateReader snapshot) {
    OverlayState local = new OverlayState(snapshot);
    for (int index : indexes) {
      long start = System.nanoTime();
      Outcome outcome = executor.execute(local, units.get(index), UnitExecutor.Mode.SPECULATIVE);
      long executed = System.nanoTime();
      local.apply(outcome.writes());
      long applied = System.nanoTime();
      execution[index] = Math.min(execution[index], executed - start - clock);
      plain[index] = Math.min(plain[index], applied - executed - clock);
    }
  }

  /** Of all units, with applying what they wrote. */
  public double executionNanos() {
    return (double) Arrays.stream(execution).sum() + Arrays.stream(plain).sum();
  }

  /** Of all partitions. */
  public double summaryNanos() {
    return (double) Arrays.stream(summarised).sum()
        - Arrays.stream(plain).sum()
        + Arrays.stream(aroundUnits).sum();
  }
}
