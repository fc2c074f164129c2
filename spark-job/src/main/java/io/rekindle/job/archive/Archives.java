package io.rekindle.job.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Opens archives of any kind, which is told by content. */
public final class Archives {
  private static final String JSON_LINES = ".*\\.(jsonl|ndjson)(\\.gz)?";

  private Archives() {}

  /**
   * @param path of a file, or of a folder with files of one kind or with folders a block, on any
   *     file system that Hadoop knows
   * @throws ArchiveException where there is no archive or it is damaged, as far as that shows
   *     without reading all of it
   */
  public static BlockSource open(String path, Configuration configuration) {
    HadoopSettings settings = new HadoopSettings(configuration);
    try {
      Path hadoopPath = new Path(path);
      FileSystem fileSystem = hadoopPath.getFileSystem(configuration);
      FileStatus status = fileSystem.getFileStatus(hadoopPath);
      if (status.isDirectory()) {
        return openFolder(path, fileSystem, settings);
      }
      ArchiveFile file = new ArchiveFile(path, settings);
      ArchiveKind kind = ArchiveKind.of(file);
      if (kind == null) {
        throw file.failure(
            "",
            "no archive: neither era1, ere, Parquet, RLP blocks nor JSON blocks, by its first bytes");
      }
      return new ChainArchive(kind.label(), List.of(kind.open(file)));
    } catch (FileNotFoundException e) {
      throw new ArchiveException(path, "", "there is no such file or folder", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ArchiveException(path, "", String.valueOf(e.getMessage()), e);
    }
  }

  private static BlockSource openFolder(String path, FileSystem fileSystem, HadoopSettings settings)
      throws IOException {
    FileStatus[] entries = fileSystem.listStatus(new Path(path));
    Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().getName()));
    List<DumpFolder> dumps = DumpFolders.find(new Path(path), fileSystem, entries, settings);
    if (!dumps.isEmpty()) {
      return new ChainArchive("dump", dumps);
    }
    List<ChainFile> files = new ArrayList<>();
    ArchiveKind kind = null;
    for (FileStatus entry : entries) {
      if (!entry.isFile() || isHidden(entry)) {
        continue;
      }
      ArchiveFile file = new ArchiveFile(entry.getPath().toString(), settings);
      ArchiveKind found = ArchiveKind.of(file);
      if (found == null) {
        refuseDamaged(file);
        continue;
      }
      if (found == ArchiveKind.JSON_LINES && !file.name().matches(JSON_LINES)) {
        // Other JSON lies beside archives that looks like a block: the head's, for one.
        continue;
      }
      if (kind != null && found != kind) {
        throw new ArchiveException(
            path,
            "",
            "archives of two kinds: "
                + files.get(0).file().name()
                + " is "
                + kind.label()
                + ", "
                + file.name()
                + " is "
                + found.label()
                + "; name one file");
      }
      kind = found;
      files.add(found.open(file));
    }
    if (kind == null) {
      throw new ArchiveException(path, "", "there is no archive in the folder");
    }
    return new ChainArchive(kind.label(), files);
  }

  /** A damaged archive must not pass for a file of another purpose. */
  private static void refuseDamaged(ArchiveFile file) {
    if (file.name().matches(".*\\.(era1|ere|erae|rlp|rlp\\.gz|jsonl|jsonl\\.gz|parquet)")) {
      throw file.failure("byte 0", "damaged: it does not start as its name says");
    }
  }

  private static boolean isHidden(FileStatus entry) {
    String name = entry.getPath().getName();
    return name.startsWith(".") || name.startsWith("_");
  }
}
