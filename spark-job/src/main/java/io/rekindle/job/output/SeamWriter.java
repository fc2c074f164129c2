package io.rekindle.job.output;

import io.rekindle.job.table.DependencyTracker;
import io.rekindle.job.table.SeamRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers the reads that groups at the start of a range left open, once the ranges before have
 * ended: what those ranges keep for units after them has the answers. One thread at a time.
 */
public final class SeamWriter {
  private final OutputFolder folder;
  private final TableWriter tables;
  private final long chainId;

  public SeamWriter(OutputFolder folder, TableWriter tables, long chainId) {
    this.folder = folder;
    this.tables = tables;
    this.chainId = chainId;
  }

  /** Whether committed groups of a range wait for the ranges before. */
  public boolean isOpen(int range) {
    return !folder.seams().open(range).isEmpty();
  }

  /**
   * Writes the rows that groups of a range have waited for, each group's at once.
   *
   * @param before the ranges before that may have written what was read, the last one first; all
   *     have ended
   */
  public void close(int range, List<GroupSeries> before) throws IOException {
    List<DependencyTracker> trackers = new ArrayList<>();
    for (GroupSeries series : before) {
      trackers.add(series.readDependencies());
    }
    for (String openReads : folder.seams().open(range)) {
      int group = SeamFiles.groupOf(openReads);
      List<byte[]> rows = SeamRows.of(folder.seams().reads(openReads), trackers);
      folder.commit(new SeamManifest(group, openReads, tables.writeSeam(group, rows, chainId)));
    }
  }
}
