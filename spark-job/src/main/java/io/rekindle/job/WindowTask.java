package io.rekindle.job;

import io.rekindle.job.window.WindowBlocks;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the tasks of a window share.
 *
 * @param chain whose rules hold
 * @param blocks {@link WindowBlocks#encode} of the window
 * @param snapshot that it starts from
 */
record WindowTask(ChainChoice chain, Broadcast<byte[]> blocks, SnapshotRef snapshot)
    implements Serializable {
  WindowBlocks window() {
    return ExecutorCache.window(
        Long.toString(blocks.id()), () -> WindowBlocks.decode(blocks.value(), chain.spec()));
  }
}
