package io.rekindle.job;

import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.merge.UnitRun;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotDelta;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * The state of a chain as it goes from window to window, as the snapshot that executors compose.
 * Lives on the driver.
 */
final class ChainState {
  /** Deltas on a base that executors hold before a new base is shipped. */
  private static final int MAX_DELTAS = 16;

  private final WindowStages stages;
  private Snapshot snapshot;
  private SnapshotRef shipped;

  ChainState(WindowStages stages, Snapshot snapshot) {
    this.stages = stages;
    this.snapshot = snapshot;
    this.shipped = stages.broadcast(snapshot);
  }

  Snapshot reader() {
    return snapshot;
  }

  SnapshotRef shipped() {
    return shipped;
  }

  /**
   * A step over a window.
   *
   * @param before the state that the window started from
   * @param delta what the window changed
   * @param after the state that it left
   * @param outdated broadcasts that no later window uses
   */
  record Step(
      StateReader before, SnapshotDelta delta, Snapshot after, List<Broadcast<byte[]>> outdated) {}

  /** Moves on over a merged window, and ships what changed. */
  Step advance(List<UnitRun> runs) {
    Snapshot before = snapshot;
    OverlayState state = new OverlayState(snapshot);
    for (UnitRun run : runs) {
      state.apply(run.outcome().writes());
    }
    SnapshotDelta delta = SnapshotDelta.of(snapshot, state);
    snapshot = snapshot.plus(delta);
    List<Broadcast<byte[]>> outdated = new ArrayList<>();
    if (shipped.layers().size() > MAX_DELTAS) {
      outdated.addAll(shipped.layers());
      snapshot = snapshot.folded();
      shipped = stages.broadcast(snapshot);
    } else {
      shipped = stages.broadcast(shipped, delta);
    }
    return new Step(before, delta, snapshot, outdated);
  }
}
