package io.rekindle.job.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The manifests of a run's groups, which lie in one folder. A manifest whose groups are all in
 * another one, a compacted one, is as good as deleted.
 */
final class Manifests {
  private final FileSystem fs;
  private final Path folder;

  Manifests(FileSystem fs, Path folder) {
    this.fs = fs;
    this.folder = folder;
  }

  /**
   * The groups of all series, in their order.
   *
   * @throws IOException where one is missing between two of a series, or cannot be read
   */
  List<GroupManifest> read() throws IOException {
    List<GroupManifest> all = new ArrayList<>();
    if (fs.exists(folder)) {
      for (FileStatus file : fs.listStatus(folder)) {
        if (isManifest(file)) {
          all.add(JsonFiles.read(fs, file.getPath(), GroupManifest.class));
        }
      }
    }
    all.sort(
        Comparator.comparingInt(GroupManifest::firstGroup)
            .thenComparing(GroupManifest::lastGroup, Comparator.reverseOrder()));
    List<GroupManifest> effective = new ArrayList<>();
    int next = 1;
    for (GroupManifest group : all) {
      if (!effective.isEmpty() && effective.get(effective.size() - 1).contains(group)) {
        continue;
      }
      next = Math.max(next, GroupSeries.firstGroup(group.series()));
      if (group.firstGroup() != next) {
        throw new IOException("the manifest of group " + next + " is missing in " + folder);
      }
      effective.add(group);
      next = group.lastGroup() + 1;
    }
    return List.copyOf(effective);
  }

  private static boolean isManifest(FileStatus file) {
    String name = file.getPath().getName();
    return name.startsWith("group-") && name.endsWith(".json");
  }

  /** Where the manifest of a group lies. */
  Path file(GroupManifest group) {
    String name =
        group.firstGroup() == group.lastGroup()
            ? String.format("group-%012d.json", group.firstGroup())
            : String.format("group-%012d-%012d.json", group.firstGroup(), group.lastGroup());
    return new Path(folder, name);
  }

  /** Removes what was staged and all manifests but those of some groups. */
  void keepOnly(List<GroupManifest> groups) throws IOException {
    Set<Path> kept = new HashSet<>();
    groups.forEach(group -> kept.add(fs.makeQualified(file(group))));
    for (FileStatus file : fs.listStatus(folder)) {
      boolean staged = file.getPath().getName().endsWith(".tmp");
      if (staged || (isManifest(file) && !kept.contains(file.getPath()))) {
        fs.delete(file.getPath(), false);
      }
    }
  }
}
