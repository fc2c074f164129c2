package io.rekindle.job.output;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.Failure;
import io.rekindle.job.output.TableWriter.RowMaker;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotDelta;
import java.util.List;

/**
 * A window whose rows are to be written: it was held against its headers.
 *
 * @param tasks one for each block, each a {@link io.rekindle.job.table.RowTask} in flat form
 * @param units of the window
 * @param lastHash hash of the last block
 * @param ends whether nothing after it can be executed
 * @param failures checks that failed, and were to be recorded
 * @param change null where blocks bring their own state
 * @param release frees what was broadcast for the window, once its rows are written
 */
public record VerifiedWindow(
    RowMaker maker,
    List<byte[]> tasks,
    int units,
    long firstBlock,
    long lastBlock,
    Hash lastHash,
    boolean ends,
    Counts counts,
    List<Failure> failures,
    StateChange change,
    Runnable release) {
  /**
   * What the window did to the state.
   *
   * @param after the whole state that it left; null where another window of the group follows
   * @param root after it
   */
  public record StateChange(SnapshotDelta delta, Snapshot after, Hash root) {}

  /**
   * The same, once another window follows it: the whole state after it is not asked for any more.
   */
  VerifiedWindow withoutState() {
    return new VerifiedWindow(
        maker,
        tasks,
        units,
        firstBlock,
        lastBlock,
        lastHash,
        ends,
        counts,
        failures,
        change == null ? null : new StateChange(change.delta(), null, change.root()),
        release);
  }
}
