package io.rekindle.job;

import io.rekindle.merge.wire.PartitionCodec;
import java.io.Serializable;

/**
 * A partition of a window, executed by one Spark task.
 *
 * @param partition number in the plan
 * @param units places in the window, ascending
 */
record PartitionTask(WindowTask window, int partition, int[] units) implements Serializable {
  /** Executes the partition; the flat form of its result. */
  byte[] execute() {
    return PartitionCodec.encode(
        ExecutorCache.partitionExecutor()
            .execute(partition, units, window.window().units(), window.snapshot().open()));
  }
}
