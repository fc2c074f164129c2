package io.rekindle.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.HadoopSettings;
import io.rekindle.job.archive.PrestateFolder;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.GenesisState;
import io.rekindle.snapshot.importer.GethDump;
import io.rekindle.snapshot.store.StateStore;
import io.rekindle.snapshot.store.StateStoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** The state that a run starts from, as {@code --state} names it; its kind is told by content. */
sealed interface StateInput {
  /** Fields of files that are read by the driver alone. */
  Set<String> LOCAL_ONLY = Set.of("config", "alloc", "root");

  /** Fields that tell what a file is. */
  Set<String> KNOWN_FIELDS = Set.of("config", "alloc", "root", "witness", "state", "codes");

  /** The state that a genesis file describes. */
  record OfGenesis(Genesis genesis) implements StateInput {}

  /**
   * A complete state after some block.
   *
   * @param number of the block, or null where the source does not know it
   * @param root that the source claims
   */
  record Complete(String path, Long number, Hash root, Snapshot state) implements StateInput {
    /**
     * @param actual the root of the state as it was read
     * @param expected the root in the block's header, or null where the header is not there
     */
    void check(Hash actual, Hash expected, long block) {
      if (!actual.equals(root)) {
        throw new ArchiveException(
            path, "root", "its accounts have the root " + actual + ", it claims " + root);
      }
      if (expected != null && !actual.equals(expected)) {
        throw new ArchiveException(
            path,
            "root",
            "its root " + actual + " is not that of block " + block + ", " + expected);
      }
    }
  }

  /**
   * A store with complete states after several blocks.
   *
   * @param heights by ascending block
   */
  record OfHeights(String path, Configuration configuration, List<StateStore.Height> heights)
      implements StateInput {
    /**
     * Reads a state.
     *
     * @param number the state is the one after this block, which must be one of the heights
     */
    Complete at(long number) throws IOException {
      Path folder = new Path(path);
      try (StateStore store =
          StateStore.open(folder.getFileSystem(configuration), folder, number)) {
        return complete(path, store);
      }
    }
  }

  /** The tables of an earlier run, with sidecars; the run starts where it would without them. */
  record OfSidecars(String path, OutputFolder folder) implements StateInput {}

  /** A state for each block on its own. */
  record OfBlocks(PrestateFolder folder) implements StateInput {}

  /** An execution witness for each block on its own. */
  record OfWitnesses(Map<Long, ArchiveFile> files) implements StateInput {}

  /**
   * @param path a genesis file, a dump of geth's, a state store, a folder of prestates or of
   *     witnesses, or one witness
   * @throws ArchiveException where it is none of these
   * @throws IOException where it cannot be read, or is damaged
   */
  static StateInput read(String path, Configuration configuration) throws IOException {
    Path hadoopPath = new Path(path);
    FileSystem fileSystem = hadoopPath.getFileSystem(configuration);
    try {
      return fileSystem.getFileStatus(hadoopPath).isDirectory()
          ? readFolder(path, fileSystem, configuration)
          : readFile(
              path,
              fileSystem.getUri().getScheme().equals("file"),
              new ArchiveFile(path, new HadoopSettings(configuration)));
    } catch (FileNotFoundException e) {
      throw new ArchiveException(path, "", "there is no such file or folder", e);
    } catch (AccessControlException | IllegalArgumentException e) {
      throw new ArchiveException(path, "", e.getMessage(), e);
    }
  }

  private static StateInput readFolder(
      String path, FileSystem fileSystem, Configuration configuration) throws IOException {
    if (OutputFolder.isOne(fileSystem, new Path(path))) {
      return new OfSidecars(path, new OutputFolder(path, configuration));
    }
    try {
      List<StateStore.Height> heights = StateStore.heights(fileSystem, new Path(path));
      if (heights.size() > 1) {
        return new OfHeights(path, configuration, heights);
      }
      try (StateStore store = StateStore.open(fileSystem, new Path(path))) {
        return complete(path, store);
      }
    } catch (StateStoreException e) {
      if (e.problem() != StateStoreException.Problem.ABSENT) {
        throw e;
      }
      Map<Long, ArchiveFile> witnesses = witnesses(path, fileSystem, configuration);
      return witnesses.isEmpty()
          ? new OfBlocks(PrestateFolder.open(path, configuration))
          : new OfWitnesses(witnesses);
    }
  }

  private static Complete complete(String path, StateStore store) throws IOException {
    SnapshotBuilder state = new SnapshotBuilder(Unlisted.ABSENT);
    store.writeTo(state);
    return new Complete(path, store.blockNumber(), store.stateRoot(), state.build());
  }

  /** Files {@code <number>/witness.json}, which may be gzipped. */
  private static Map<Long, ArchiveFile> witnesses(
      String path, FileSystem fileSystem, Configuration configuration) throws IOException {
    HadoopSettings settings = new HadoopSettings(configuration);
    Map<Long, ArchiveFile> files = new TreeMap<>();
    FileStatus[] found = fileSystem.globStatus(new Path(path, "*/witness.json*"));
    for (FileStatus file : found == null ? new FileStatus[0] : found) {
      String folder = file.getPath().getParent().getName();
      if (folder.matches("[0-9]{1,18}")) {
        files.put(Long.parseLong(folder), new ArchiveFile(file.getPath().toString(), settings));
      }
    }
    return files;
  }

  private static StateInput readFile(String path, boolean isLocal, ArchiveFile file)
      throws IOException {
    String field = firstKnownField(file);
    if (!isLocal && LOCAL_ONLY.contains(field)) {
      throw new ArchiveException(
          path, "", "genesis files and dumps are read from the local file system only");
    }
    java.nio.file.Path local = java.nio.file.Path.of(new Path(path).toUri().getPath());
    return switch (field) {
      case "config", "alloc" -> new OfGenesis(GenesisState.read(local));
      case "root" -> {
        SnapshotBuilder state = new SnapshotBuilder(Unlisted.ABSENT);
        Hash root = new GethDump(local).writeTo(state);
        yield new Complete(path, null, root, state.build());
      }
      case "witness", "state", "codes" ->
          new OfWitnesses(Map.of(WitnessFile.read(file).block(), file));
      default ->
          throw new ArchiveException(
              path,
              "",
              "no state: neither a genesis file, a dump of geth's nor a witness, by its fields");
    };
  }

  /** The first field of a JSON object that tells what it is; empty where there is none. */
  private static String firstKnownField(ArchiveFile file) throws IOException {
    try (InputStream in = file.openUnpacked();
        JsonParser parser = new JsonFactory().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (KNOWN_FIELDS.contains(name)) {
          return name;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return "";
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new ArchiveException(
          file.path(), "", "no state: no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
