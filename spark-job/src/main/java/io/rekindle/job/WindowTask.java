package io.rekindle.job;

import io.rekindle.evm.state.StateReader;
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
 * @param snapshot that it starts from, or with sidecars one of the windows before it
 * @param sidecars of the windows from the snapshot on, up to and with this one; empty where units
 *     start from the snapshot
 */
record WindowTask(
    ChainChoice chain, Broadcast<byte[]> blocks, SnapshotRef snapshot, List<SidecarsRef> sidecars)
    implements Serializable {
  WindowTask(ChainChoice chain, Broadcast<byte[]> blocks, SnapshotRef snapshot) {
    this(chain, blocks, snapshot, List.of());
  }

  /** Whether each unit starts from what sidecars tell. */
  boolean hasSidecars() {
    return !sidecars.isEmpty();
  }

  /** Those of the window itself; it must have some. */
  SidecarsRef ownSidecars() {
    return sidecars.get(sidecars.size() - 1);
  }

  /** The state before each unit, as sidecars tell it. */
  VersionedSnapshot versions() {
    StateReader start = snapshot.open();
    for (SidecarsRef earlier : sidecars.subList(0, sidecars.size() - 1)) {
      start = earlier.versions().over(start).after();
    }
    return ownSidecars().versions().over(start);
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
