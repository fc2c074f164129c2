package io.rekindle.job.output;

import io.rekindle.job.output.GroupManifest.TableFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What lies beside the manifests on account of seams: reads of groups at the start of a range that
 * only the ranges before can answer, and the manifests of the rows that answered them.
 *
 * <pre>
 *   open-reads-000001000001-5e0c71aa   listed by the group's manifest, written before it
 *   seam-000001000001-5e0c71aa.json    lists the rows; the reads are answered once it is there
 * </pre>
 *
 * <p>What is left to do is thus what manifests of groups list and none of a seam names, so that a
 * run may be killed at any point. Safe for threads.
 */
final class SeamFiles {
  private static final String READS = "open-reads-";
  private static final String SEAM = "seam-";

  private final FileSystem fs;
  private final Path folder;
  private final String attempt;

  /** Names of the files whose reads are not answered. */
  private final Set<String> open = new TreeSet<>();

  SeamFiles(FileSystem fs, Path folder, String attempt) {
    this.fs = fs;
    this.folder = folder;
    this.attempt = attempt;
  }

  /** The manifests of seams, in the order of their groups. */
  List<SeamManifest> read() throws IOException {
    List<SeamManifest> all = new ArrayList<>();
    for (FileStatus file : list()) {
      if (isManifest(file)) {
        all.add(JsonFiles.read(fs, file.getPath(), SeamManifest.class));
      }
    }
    all.sort(Comparator.comparingInt(SeamManifest::group).thenComparing(SeamManifest::openReads));
    return all;
  }

  private List<FileStatus> list() throws IOException {
    return fs.exists(folder) ? List.of(fs.listStatus(folder)) : List.of();
  }

  private static boolean isManifest(FileStatus file) {
    String name = file.getPath().getName();
    return name.startsWith(SEAM) && name.endsWith(".json");
  }

  /** Removes files that no group needs, and remembers what is left to answer. */
  synchronized void keepOnly(List<GroupManifest> groups, List<SeamManifest> seams)
      throws IOException {
    open.clear();
    groups.forEach(group -> open.addAll(group.openReads()));
    seams.forEach(seam -> open.remove(seam.openReads()));
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      if (name.startsWith(READS) && !open.contains(name)) {
        fs.delete(file.getPath(), false);
      }
    }
  }

  // ---------------------------------------------------------------- reads

  /**
   * Keeps reads of a group that is about to be committed.
   *
   * @param reads null where there are none
   * @return names of the files, for the group's manifest
   */
  List<String> write(int group, byte[] reads) throws IOException {
    if (reads == null) {
      return List.of();
    }
    String name = String.format("%s%012d-%s", READS, group, attempt);
    try (OutputStream out = new GZIPOutputStream(fs.create(new Path(folder, name), true))) {
      out.write(reads);
    }
    return List.of(name);
  }

  /** Notes that a group is there. */
  synchronized void committed(GroupManifest group) {
    open.addAll(group.openReads());
  }

  /** Files of a series whose reads are not answered, in the order of their groups. */
  synchronized List<String> open(int series) {
    return open.stream().filter(name -> GroupSeries.of(groupOf(name)) == series).toList();
  }

  /** The number that a group bore when it wrote a file of reads. */
  static int groupOf(String reads) {
    return Integer.parseInt(reads.substring(READS.length(), READS.length() + 12));
  }

  /**
   * @throws IOException where the file is missing, truncated or altered
   */
  byte[] reads(String name) throws IOException {
    Path file = new Path(folder, name);
    try (InputStream in = new GZIPInputStream(fs.open(file))) {
      return in.readAllBytes();
    } catch (ZipException | EOFException e) {
      throw new IOException(file + " is not what a run wrote: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the rows visible that answer a file of reads, and deletes it.
   *
   * @throws IOException where another run was faster
   */
  synchronized void commit(SeamManifest seam) throws IOException {
    String name = SEAM + seam.openReads().substring(READS.length()) + ".json";
    JsonFiles.create(fs, new Path(folder, name), seam);
    open.remove(seam.openReads());
    fs.delete(new Path(folder, seam.openReads()), false);
  }

  /** The folders of rows that manifests list, within the output folder. */
  static Set<String> folders(List<SeamManifest> seams) {
    Set<String> folders = new HashSet<>();
    seams.forEach(seam -> seam.tables().values().forEach(table -> folders.add(table.folder())));
    return folders;
  }

  /** The files of a table that manifests list. */
  static List<TableFiles> files(List<SeamManifest> seams, String table) {
    return seams.stream()
        .filter(seam -> seam.tables().containsKey(table))
        .map(seam -> seam.tables().get(table))
        .toList();
  }
}
