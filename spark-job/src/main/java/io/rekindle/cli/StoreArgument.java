package io.rekindle.cli;

import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.store.StateStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A store as it is named on the command line: a folder, and behind an @ a block. */
final class StoreArgument {
  private static final Pattern WITH_BLOCK = Pattern.compile("(.+)@([0-9]{1,18})");

  private StoreArgument() {}

  static StateStore open(String text) throws IOException {
    Matcher matcher = WITH_BLOCK.matcher(text);
    if (matcher.matches()) {
      Path path = new Path(matcher.group(1));
      return StateStore.open(fileSystem(path), path, Long.parseLong(matcher.group(2)));
    }
    Path path = new Path(text);
    return StateStore.open(fileSystem(path), path);
  }

  static FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(new Configuration());
  }

  /** What a store is, for people: a line. */
  static String line(StateStore store) {
    return "state after block "
        + store.blockNumber()
        + ", "
        + (store.unlisted() == Unlisted.ABSENT
            ? "root " + store.stateRoot()
            : "a part of it, whose own root is " + store.stateRoot());
  }

  /** The same for programs. */
  static Map<String, Object> fields(StateStore store) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("store", store.path().toString());
    fields.put("version", store.version());
    fields.put("layers", store.layerCount());
    fields.put("block_number", store.blockNumber());
    Hash root = store.stateRoot();
    fields.put("state_root", root.toString());
    fields.put("complete", store.unlisted() == Unlisted.ABSENT);
    return fields;
  }
}
