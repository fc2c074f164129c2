package io.rekindle.job;

import io.rekindle.job.table.BlockRows;
import io.rekindle.job.table.RowSink;
import io.rekindle.job.table.RowTask;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.snapshot.sidecar.VersionedSnapshot;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the tasks of a window share.
 *
 * @param chain whose rules hold
 * @param blocks {@link WindowBlocks#encode} of the window
 * @param snapshot that it starts from
 * @param sidecars {@link WindowSidecarBytes} of its blocks; null where units start from the
 *     snapshot
 */
record WindowTask(
    ChainChoice chain, Broadcast<byte[]> blocks, SnapshotRef snapshot, Broadcast<byte[]> sidecars)
    implements Serializable {
  WindowTask(ChainChoice chain, Broadcast<byte[]> blocks, SnapshotRef snapshot) {
    this(chain, blocks, snapshot, null);
  }

  WindowTask withSidecars(Broadcast<byte[]> shipped) {
    return new WindowTask(chain, blocks, snapshot, shipped);
  }

  /** The state before each unit, as sidecars tell it. */
  VersionedSnapshot versions() {
    return ExecutorCache.versions(
        Long.toString(sidecars.id()),
        () ->
            new WindowSidecarBytes(sidecars.value())
                .over(snapshot.open(), window().block(0).header().number()));
  }

  WindowBlocks window() {
    return ExecutorCache.window(
        Long.toString(blocks.id()), () -> WindowBlocks.decode(blocks.value(), chain.spec()));
  }

  /** For tasks that do not execute, and may run when the snapshot was destroyed for newer ones. */
  WindowTask withoutSnapshot() {
    return new WindowTask(chain, blocks, new SnapshotRef(List.of()));
  }

  /** Makes the rows of a finished block. */
  void rows(RowTask task, RowSink sink) {
    BlockRows.write(window(), task, sink);
  }
}
