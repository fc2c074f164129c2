package io.rekindle.job.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder with a folder for each block, on any Hadoop file system. A block's folder gets its name
 * when all of its files are there, so that one with a number for its name is whole.
 */
final class DumpOutput {
  private final FileSystem fileSystem;
  private final Path folder;

  /**
   * @throws IOException where the folder cannot be made, or holds other things than dumps
   */
  DumpOutput(String path, Configuration configuration) throws IOException {
    this.folder = new Path(path);
    this.fileSystem = folder.getFileSystem(configuration);
    fileSystem.setWriteChecksum(false);
    try {
      for (FileStatus entry : fileSystem.listStatus(folder)) {
        String name = entry.getPath().getName();
        if (!entry.isDirectory() || !name.matches("[0-9]+|_[0-9]+")) {
          throw new IOException(path + ": holds other things than dumps of blocks: " + name);
        }
      }
    } catch (FileNotFoundException e) {
      fileSystem.mkdirs(folder);
    }
  }

  boolean has(long block) throws IOException {
    return fileSystem.exists(new Path(folder, Long.toString(block)));
  }

  /**
   * @param files by their names without {@code .json.gz}
   */
  void write(long block, Map<String, JsonNode> files) throws IOException {
    Path unfinished = new Path(folder, "_" + block);
    fileSystem.delete(unfinished, true);
    fileSystem.mkdirs(unfinished);
    for (Map.Entry<String, JsonNode> file : files.entrySet()) {
      Path path = new Path(unfinished, file.getKey() + ".json.gz");
      try (OutputStream out = new GZIPOutputStream(fileSystem.create(path, false))) {
        out.write(JsonRpc.MAPPER.writeValueAsBytes(file.getValue()));
      }
    }
    Path finished = new Path(folder, Long.toString(block));
    if (!fileSystem.rename(unfinished, finished)) {
      throw new IOException(finished + ": cannot be made out of " + unfinished);
    }
  }
}
