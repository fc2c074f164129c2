package io.rekindle.job.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds folders with a block each. */
final class DumpFolders {
  private DumpFolders() {}

  /** The folder itself, where it has a block, or those in it that have one. */
  static List<DumpFolder> find(
      Path folder, FileSystem fileSystem, FileStatus[] entries, HadoopSettings settings)
      throws IOException {
    List<DumpFolder> dumps = new ArrayList<>();
    DumpFolder itself = dump(folder, entries, settings);
    if (itself != null) {
      dumps.add(itself);
      return dumps;
    }
    for (FileStatus entry : entries) {
      if (entry.isDirectory()) {
        DumpFolder dump = dump(entry.getPath(), fileSystem.listStatus(entry.getPath()), settings);
        if (dump != null) {
          dumps.add(dump);
        }
      }
    }
    return dumps;
  }

  private static DumpFolder dump(Path folder, FileStatus[] entries, HadoopSettings settings) {
    Map<String, ArchiveFile> files = new HashMap<>();
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      files.put(plain, new ArchiveFile(entry.getPath().toString(), settings));
    }
    ArchiveFile block = files.get("block.json");
    if (block == null) {
      return null;
    }
    Companions companions =
        new Companions(files.get("prestate.json"), files.get("block_hashes.json"));
    return new DumpFolder(number(folder, block), block, files.get("ommers.json"), companions);
  }

  /** A folder's name is its block's number; a folder of another name is looked into. */
  private static long number(Path folder, ArchiveFile block) {
    String name = folder.getName();
    return name.matches("[0-9]{1,18}")
        ? Long.parseLong(name)
        : JsonBlockReader.outline(block).number();
  }
}
