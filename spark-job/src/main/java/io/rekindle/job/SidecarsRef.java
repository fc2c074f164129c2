package io.rekindle.job;

import io.rekindle.evm.state.OverlayState;
import io.rekindle.snapshot.sidecar.VersionedSnapshot;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * The sidecars of a window as executors find them.
 *
 * @param bytes {@link WindowSidecarBytes}
 * @param firstBlock of the window
 */
record SidecarsRef(Broadcast<byte[]> bytes, long firstBlock) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The versions that they tell, over nothing. */
  VersionedSnapshot versions() {
    return ExecutorCache.versions(
        Long.toString(bytes.id()),
        () -> new WindowSidecarBytes(bytes.value()).over(OverlayState.EMPTY, firstBlock));
  }
}
