package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rekindle.job.archive.BlockSource.BlockRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Archives that tests read. */
public final class TestArchives {
  private TestArchives() {}

  /** A path below the folder of fixtures; the test is skipped where it is not there. */
  public static Path fixture(String path) {
    Path file = Path.of(System.getProperty("rekindle.fixtures", "absent"), path);
    assumeTrue(Files.exists(file), () -> "skipped: there is no fixture " + file);
    return file;
  }

  /** A file of the sample chain in the repository. */
  public static Path sample(String name) {
    return Path.of(System.getProperty("rekindle.root"), "sample", name);
  }

  static BlockSource open(Path path) {
    return Archives.open(path.toString(), new Configuration());
  }

  /** All blocks of an archive, by splits that were on the wire. */
  static List<ArchivedBlock> readAll(Path path, int blocksPerSplit) {
    return read(open(path), blocksPerSplit);
  }

  static List<ArchivedBlock> read(BlockSource source, int blocksPerSplit) {
    List<ArchivedBlock> blocks = new ArrayList<>();
    for (BlockRange range : source.ranges()) {
      for (BlockSplit split : source.splits(range, blocksPerSplit)) {
        sent(split).read().forEachRemaining(blocks::add);
      }
    }
    return blocks;
  }

  /** What arrives of a split at an executor. */
  static BlockSplit sent(BlockSplit split) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(split);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (BlockSplit) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
