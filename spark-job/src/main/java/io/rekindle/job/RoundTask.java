package io.rekindle.job;

import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.PartitionSummary;
import io.rekindle.merge.UnitRun;
import io.rekindle.merge.wire.PartitionCodec;
import java.io.Serializable;
import java.util.List;

/**
 * A partition of stale units that are executed again, by one Spark task.
 *
 * @param window whose snapshot is the merged state that the round starts from
 * @param units places in the window, ascending
 * @param between flat form of the runs that stand between them
 */
record RoundTask(WindowTask window, int[] units, byte[] between) implements Serializable {
  static RoundTask of(WindowTask window, int[] units, List<UnitRun> between) {
    return new RoundTask(window, units, encode(between));
  }

  /** Executes the units; the flat form of their runs, for {@link #runs}. */
  byte[] execute() {
    return encode(
        ExecutorCache.partitionExecutor(window.chain())
            .executeAgain(units, window.window().units(), window.snapshot().open(), runs(between)));
  }

  private static byte[] encode(List<UnitRun> runs) {
    return PartitionCodec.encode(new PartitionResult(0, runs, PartitionSummary.EMPTY));
  }

  static List<UnitRun> runs(byte[] encoded) {
    return PartitionCodec.decode(encoded).runs();
  }
}
