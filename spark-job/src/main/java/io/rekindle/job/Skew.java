package io.rekindle.job;

import io.rekindle.merge.UnitRun;
import java.util.List;

/**
 * How uneven the partitions of windows were: the time of the longest over that of the mean. One
 * thread at a time.
 */
final class Skew {
  /** Upper ends of the classes that windows are counted in; the last has none. */
  static final double[] ENDS = {1.1, 1.25, 1.5, 2, 3, 5};

  private final long[] windows = new long[ENDS.length + 1];
  private double worst = 1;

  void add(List<ExecutedPartition> partitions) {
    long longest = 0;
    long sum = 0;
    for (ExecutedPartition partition : partitions) {
      long nanos = partition.result().runs().stream().mapToLong(UnitRun::nanos).sum();
      longest = Math.max(longest, nanos);
      sum += nanos;
    }
    if (sum > 0) {
      double skew = (double) longest * partitions.size() / sum;
      int at = 0;
      while (at < ENDS.length && skew > ENDS[at]) {
        at++;
      }
      windows[at]++;
      worst = Math.max(worst, skew);
    }
  }

  /** Windows in each class. */
  long[] counts() {
    return windows.clone();
  }

  double worst() {
    return worst;
  }
}
