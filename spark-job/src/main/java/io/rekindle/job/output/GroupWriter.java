package io.rekindle.job.output;

import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.Failure;
import io.rekindle.job.output.GroupManifest.TableFiles;
import io.rekindle.job.output.VerifiedWindow.StateChange;
import io.rekindle.job.table.DependencyTracker;
import io.rekindle.job.table.Table;
import io.rekindle.snapshot.SnapshotDelta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSError;

/**
 * Collects windows into groups, so that files do not get small, and commits each group: rows, then
 * the state after it, then the manifest. What the tasks of a window need stays broadcast until its
 * group is committed.
 */
public final class GroupWriter {
  /** Blocks after which a group is written. */
  public static final int GROUP_BLOCKS = 2000;

  /** Units after which a group is written: their outcomes wait on the driver. */
  private static final int GROUP_UNITS = 40_000;

  private final GroupSeries series;
  private final TableWriter tables;
  private final int groupBlocks;
  private final DependencyTracker dependencies;
  private final List<VerifiedWindow> pending = new ArrayList<>();
  private int blocks;
  private int units;
  private long lastCommit = System.nanoTime();

  /**
   * @param series that the groups go on
   * @param groupBlocks blocks after which a group is written, if not its units close it before
   */
  public GroupWriter(GroupSeries series, TableWriter tables, int groupBlocks) throws IOException {
    this.dependencies = tables.wants(Table.DEPENDENCIES) ? series.readDependencies() : null;
    this.series = series;
    this.tables = tables;
    this.groupBlocks = groupBlocks;
  }

  /**
   * Has seen all units of the windows that were added and those before; what makes the rows of the
   * next window hands its units over. Null where the table is not wanted.
   */
  public DependencyTracker dependencies() {
    return dependencies;
  }

  /** Takes the window that follows the last one. */
  public void add(VerifiedWindow window) throws IOException {
    if (!pending.isEmpty()) {
      pending.add(pending.remove(pending.size() - 1).withoutState());
    }
    pending.add(window);
    blocks += window.tasks().size();
    units += window.units();
    if (blocks >= groupBlocks || units >= GROUP_UNITS) {
      flush();
    }
  }

  /** Whether windows wait to be committed. */
  public boolean hasPending() {
    return !pending.isEmpty();
  }

  /** Writes and commits what waits. */
  public void flush() throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    int group = series.nextGroup();
    Map<String, TableFiles> files = tables.write(group, pending);
    series.commit(manifest(group, files));
    lastCommit = System.nanoTime();
    pending.forEach(window -> window.release().run());
    pending.clear();
    blocks = 0;
    units = 0;
  }

  /** Writes what stands beside the rows, and says what is in the group. */
  private GroupManifest manifest(int group, Map<String, TableFiles> files) throws IOException {
    try {
      return described(group, files, dependencies == null ? List.of() : writeDependencies(group));
    } catch (IOException | FSError e) {
      series.discard(files.values().stream().map(TableFiles::folder).toList(), e);
      throw e;
    }
  }

  /** Writes what later units may depend on, and the reads that may depend on earlier ones. */
  private List<String> writeDependencies(int group) throws IOException {
    series.writeDependencies(group, dependencies);
    return series.writeOpenReads(group, dependencies.takeOpenReads());
  }

  /**
   * @param openReads files of reads that wait for ranges before
   */
  private GroupManifest described(int group, Map<String, TableFiles> files, List<String> openReads)
      throws IOException {
    VerifiedWindow last = pending.get(pending.size() - 1);
    Counts counts = Counts.NONE;
    List<Failure> failures = new ArrayList<>();
    List<SnapshotDelta> deltas = new ArrayList<>();
    for (VerifiedWindow window : pending) {
      counts = counts.plus(window.counts());
      failures.addAll(window.failures());
      if (window.change() != null) {
        deltas.add(window.change().delta());
      }
    }
    StateChange change = last.change();
    return new GroupManifest(
        group,
        group,
        pending.get(0).firstBlock(),
        last.lastBlock(),
        last.lastHash().toString(),
        change == null || change.root() == null ? null : change.root().toString(),
        last.ends(),
        counts.withCoreSeconds((System.nanoTime() - lastCommit) / 1e9 * tables.cores()),
        failures.subList(0, Math.min(failures.size(), GroupManifest.MAX_FAILURES)),
        files,
        change == null ? List.of() : series.checkpoints().write(group, deltas, change.after()),
        openReads);
  }
}
