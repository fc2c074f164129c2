package io.rekindle.job;

import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.GroupSeries;
import io.rekindle.job.output.GroupWriter;
import io.rekindle.job.output.TableWriter;
import io.rekindle.job.output.VerifiedWindow;
import io.rekindle.job.table.DependencyTracker;
import java.io.IOException;

/**
 * Where a range leaves its rows, between {@link #open} and {@link #close}. One thread at a time.
 */
final class RangeOutput {
  private final RunOutput run;
  private final GroupSeries series;
  private final TableWriter tables;
  private final int groupBlocks;
  private GroupWriter groups;

  /**
   * @param run that the range is of
   * @param groupBlocks blocks after which a group is written
   */
  RangeOutput(RunOutput run, GroupSeries series, TableWriter tables, int groupBlocks) {
    this.run = run;
    this.series = series;
    this.tables = tables;
    this.groupBlocks = groupBlocks;
  }

  /** The groups that are committed. */
  GroupSeries series() {
    return series;
  }

  /** Gets ready for windows. */
  void open() throws IOException {
    groups = new GroupWriter(series, tables, groupBlocks);
  }

  /** Lets go of what only more windows would need. */
  void close() {
    groups = null;
  }

  /** The last committed group, or null. */
  GroupManifest last() {
    return series.last();
  }

  /** Where an earlier run got to; null where there is nothing of one. */
  Reached reached() throws IOException {
    GroupManifest last = series.last();
    if (last == null) {
      return null;
    }
    return new Reached(
        last, last.checkpoint().isEmpty() ? null : series.checkpoints().read(last.checkpoint()));
  }

  /** Takes the window that follows the last one. */
  void add(VerifiedWindow window) {
    run.io(() -> groups.add(window));
    if (!groups.hasPending()) {
      run.starts();
    }
  }

  /** What units of the next block may depend on; null where that is not wanted. */
  DependencyTracker dependencies() {
    return groups.dependencies();
  }

  /** Total difficulty of the last block in the tables, as they have it; null where they do not. */
  UInt256 totalDifficulty() {
    return run.totalDifficulty(series.last().lastBlock());
  }

  /** Commits what was added. */
  void flush() {
    run.io(groups::flush);
  }

  /** What of the range is not in the tables; null where all is, or where no block can follow. */
  BlockRange left(BlockRange range) {
    GroupManifest last = series.last();
    if (last == null) {
      return range;
    }
    return last.ends() || last.lastBlock() >= range.last()
        ? null
        : new BlockRange(last.lastBlock() + 1, range.last());
  }
}
