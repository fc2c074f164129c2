package io.rekindle.snapshot.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LocalStateStoreTest extends StateStoreContract {
  @TempDir java.nio.file.Path folder;
  private FileSystem fs;

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @Override
  FileSystem fs() {
    return fs;
  }

  @Override
  int[] partitions() {
    return new int[] {1, 16, 256};
  }

  @Override
  Path folder(String name) {
    return new Path(folder.resolve(name).toUri());
  }
}
