package io.rekindle.job;

import java.util.Arrays;

/**
 * Gas over time, in a fixed number of steps that get longer as the run does. One thread at a time.
 */
final class Throughput {
  private static final int STEPS = 240;

  private final long[] gas = new long[STEPS];
  private long stepNanos = 250_000_000;

  /**
   * Adds gas that was finished.
   *
   * @param nanos since the run's start
   */
  void add(long nanos, long finished) {
    while (nanos / stepNanos >= STEPS) {
      for (int i = 0; i < STEPS; i++) {
        gas[i] = 2 * i + 1 < STEPS ? gas[2 * i] + gas[2 * i + 1] : 0;
      }
      stepNanos *= 2;
    }
    gas[(int) (Math.max(0, nanos) / stepNanos)] += finished;
  }

  double stepSeconds() {
    return stepNanos / 1e9;
  }

  /** Gas a second in each step up to the one that holds this time. */
  double[] rates(long nanos) {
    int steps = (int) Math.min(STEPS, nanos / stepNanos + 1);
    return Arrays.stream(gas, 0, steps).mapToDouble(step -> step / stepSeconds()).toArray();
  }
}
