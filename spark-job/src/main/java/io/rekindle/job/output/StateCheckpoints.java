package io.rekindle.job.output;

import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotCodec;
import io.rekindle.snapshot.SnapshotDelta;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The state of a chain beside its manifests, so that a run can go on where the last group ends. It
 * is a snapshot and the deltas of the windows since; once the deltas are larger than the snapshot,
 * a new snapshot is written, so that what is written in all grows with what changes and not with
 * the state.
 */
public final class StateCheckpoints {
  /** Deltas up to this size are not worth a new snapshot. */
  private static final long SMALL = 8 << 20;

  private static final int MAX_FILES = 64;
  private static final Pattern GROUP = Pattern.compile("(?:snapshot|deltas)-(\\d{12})-.*");

  private final FileSystem fs;
  private final Path folder;
  private final int series;
  private final String attempt;
  private List<String> files = List.of();
  private long snapshotBytes;
  private long deltaBytes;

  /**
   * @param series whose groups lead to the states
   */
  StateCheckpoints(FileSystem fs, Path folder, int series, String attempt) {
    this.fs = fs;
    this.folder = folder;
    this.series = series;
    this.attempt = attempt;
  }

  /**
   * Reads the state that a checkpoint gives, and goes on from there.
   *
   * @throws IOException where a file is missing, truncated or altered
   */
  public Snapshot read(List<String> checkpoint) throws IOException {
    Snapshot state = null;
    SnapshotCodec codec = new SnapshotCodec();
    snapshotBytes = 0;
    deltaBytes = 0;
    for (String name : checkpoint) {
      Path file = new Path(folder, name);
      long bytes = fs.getFileStatus(file).getLen();
      try (InputStream in = new BufferedInputStream(fs.open(file), 1 << 16)) {
        if (state == null) {
          state = codec.readSnapshot(in);
          snapshotBytes = bytes;
          continue;
        }
        deltaBytes += bytes;
        for (in.mark(1); in.read() >= 0; in.mark(1)) {
          in.reset();
          state = state.plus(codec.readDelta(in));
        }
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException(file + " is not what a run wrote: " + e.getMessage(), e);
      }
    }
    files = List.copyOf(checkpoint);
    return state;
  }

  /**
   * Writes the state after a group.
   *
   * @param deltas of its windows, from the state that was written or read last
   * @param after the state that they lead to
   * @return the names of the checkpoint's files
   */
  List<String> write(int group, List<SnapshotDelta> deltas, Snapshot after) throws IOException {
    SnapshotCodec codec = new SnapshotCodec();
    String name = String.format("%012d-%s", group, attempt);
    if (files.isEmpty()
        || files.size() >= MAX_FILES
        || deltaBytes > Math.max(SMALL, snapshotBytes)) {
      files = List.of("snapshot-" + name);
      snapshotBytes = write(files.get(0), out -> codec.write(after.folded(), out));
      deltaBytes = 0;
      return files;
    }
    List<String> longer = new ArrayList<>(files);
    longer.add("deltas-" + name);
    deltaBytes +=
        write(
            "deltas-" + name,
            out -> {
              for (SnapshotDelta delta : deltas) {
                codec.write(delta, out);
              }
            });
    files = List.copyOf(longer);
    return files;
  }

  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private long write(String name, Writing writing) throws IOException {
    Path file = new Path(folder, name);
    try (OutputStream out = new BufferedOutputStream(fs.create(file, true), 1 << 16)) {
      writing.to(out);
    }
    return fs.getFileStatus(file).getLen();
  }

  /** Deletes what of the series a checkpoint does not need. */
  void keepOnly(List<String> checkpoint) throws IOException {
    keepOnly(fs, folder, name -> checkpoint.contains(name) || seriesOf(name) != series);
  }

  /** Deletes what checkpoints do not need, of all series. */
  static void keepOnly(FileSystem fs, Path folder, List<String> checkpoints) throws IOException {
    keepOnly(fs, folder, checkpoints::contains);
  }

  private static void keepOnly(FileSystem fs, Path folder, Predicate<String> needed)
      throws IOException {
    if (!fs.exists(folder)) {
      return;
    }
    for (FileStatus file : fs.listStatus(folder)) {
      if (!needed.test(file.getPath().getName())) {
        fs.delete(file.getPath(), false);
      }
    }
  }

  /** The series of the group in a file's name; that of this one where the name has none. */
  private int seriesOf(String name) {
    Matcher group = GROUP.matcher(name);
    return group.matches() ? GroupSeries.of(Integer.parseInt(group.group(1))) : series;
  }
}
