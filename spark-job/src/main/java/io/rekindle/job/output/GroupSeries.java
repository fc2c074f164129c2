package io.rekindle.job.output;

import io.rekindle.job.table.DependencyTracker;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The groups of consecutive blocks that one range of a run writes, one after the other, and what a
 * run needs to go on after the last of them. A run has one series, but where its ranges run side by
 * side: then each range has its own, whose groups are numbered from a million times its place on,
 * so that groups in the order of their numbers are in the order of their blocks. One thread at a
 * time; different series do not meet.
 */
public final class GroupSeries {
  /** Groups of a series, at most. */
  static final int GROUPS = 1_000_000;

  private static final String DEPENDENCIES = "dependencies-";

  private final OutputFolder folder;
  private final FileSystem fs;
  private final Path meta;
  private final int number;
  private final StateCheckpoints checkpoints;
  private final SeamFiles seams;
  private final long firstBlock;
  private GroupManifest last;

  /**
   * @param number place of the range in the run, from 0
   * @param firstBlock of the range
   * @param seams of the folder
   * @param last the last committed group, or null
   */
  GroupSeries(
      OutputFolder folder,
      FileSystem fs,
      Path meta,
      int number,
      long firstBlock,
      StateCheckpoints checkpoints,
      SeamFiles seams,
      GroupManifest last) {
    this.folder = folder;
    this.fs = fs;
    this.meta = meta;
    this.number = number;
    this.firstBlock = firstBlock;
    this.checkpoints = checkpoints;
    this.seams = seams;
    this.last = last;
  }

  /** The series of a group. */
  static int of(int group) {
    return (group - 1) / GROUPS;
  }

  /** The number of the first group of a series. */
  static int firstGroup(int series) {
    return series * GROUPS + 1;
  }

  /** The last committed group, or null. */
  public GroupManifest last() {
    return last;
  }

  int nextGroup() {
    return last == null ? firstGroup(number) : last.lastGroup() + 1;
  }

  /** The states after its groups. */
  public StateCheckpoints checkpoints() {
    return checkpoints;
  }

  /**
   * Makes a group visible.
   *
   * @throws IOException where another run was faster
   */
  void commit(GroupManifest group) throws IOException {
    folder.commit(group);
    last = group;
    checkpoints.keepOnly(last.checkpoint());
    for (FileStatus file : fs.listStatus(meta)) {
      String name = file.getPath().getName();
      if (name.startsWith(DEPENDENCIES)
          && of(Integer.parseInt(name.substring(DEPENDENCIES.length()))) == number
          && !name.equals(dependenciesName(last.lastGroup()))) {
        fs.delete(file.getPath(), false);
      }
    }
  }

  /** Removes what was written to folders of a group that is not to be. */
  void discard(Collection<String> groupFolders, Throwable reason) {
    folder.data().discard(groupFolders, reason);
  }

  private static String dependenciesName(int group) {
    return String.format("%s%012d", DEPENDENCIES, group);
  }

  /** Keeps what the units after a group may depend on; before the group is committed. */
  void writeDependencies(int group, DependencyTracker tracker) throws IOException {
    Path file = new Path(meta, dependenciesName(group));
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(fs.create(file, true), 1 << 16))) {
      tracker.write(out);
    }
  }

  /**
   * Keeps the reads of a group that only the ranges before can answer; before it is committed.
   *
   * @param reads null where there are none
   * @return names of the files, for the group's manifest
   */
  List<String> writeOpenReads(int group, byte[] reads) throws IOException {
    return seams.write(group, reads);
  }

  /** What the units after the last committed group may depend on. */
  public DependencyTracker readDependencies() throws IOException {
    DependencyTracker tracker =
        number == 0 ? new DependencyTracker() : new DependencyTracker(firstBlock);
    if (last != null) {
      Path file = new Path(meta, dependenciesName(last.lastGroup()));
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(fs.open(file), 1 << 16))) {
        tracker.read(in);
      }
    }
    return tracker;
  }
}
