package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Takes the times of a partition's units, one after another, on the thread that runs them. */
final class Stopwatch {
  private final int[] units;
  private final List<Outcome> outcomes;
  private final long[] wallNanos;
  private final long wallStart = System.nanoTime();
  private final long cpuStart = CpuClock.nanos();
  private long unitStart;

  /**
   * @param units places in the window, in the order in which they run
   */
  Stopwatch(int[] units) {
    this.units = units;
    this.outcomes = new ArrayList<>(units.length);
    this.wallNanos = new long[units.length];
  }

  void start() {
    unitStart = System.nanoTime();
  }

  void stop(Outcome outcome) {
    wallNanos[outcomes.size()] = System.nanoTime() - unitStart;
    outcomes.add(outcome);
  }

  /** All runs, with the CPU time since this was made divided by wall time. */
  List<UnitRun> runs() {
    double wall = Math.max(1, System.nanoTime() - wallStart);
    double share = Math.min(1, (CpuClock.nanos() - cpuStart) / wall);
    List<UnitRun> runs = new ArrayList<>(units.length);
    for (int i = 0; i < outcomes.size(); i++) {
      runs.add(new UnitRun(units[i], outcomes.get(i), (long) (wallNanos[i] * share)));
    }
    return runs;
  }
}
