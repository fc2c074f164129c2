package io.rekindle.snapshot.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.namenode.EditLogFileOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same on a real HDFS: a name node and a data node in this process. */
class HdfsStateStoreTest extends StateStoreContract {
  @TempDir static java.nio.file.Path folder;
  private static MiniDFSCluster cluster;
  private static FileSystem fs;

  @BeforeAll
  static void start() throws IOException {
    // Nothing here has to survive a power cut, and syncing each step takes minutes.
    EditLogFileOutputStream.setShouldSkipFsyncForTesting(true);
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    // A client that closes a file before the name node knows its block waits this long, each time.
    configuration.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 2);
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    fs = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @Override
  FileSystem fs() {
    return fs;
  }

  @Override
  int[] partitions() {
    return new int[] {16};
  }

  @Override
  Path folder(String name) {
    return new Path("/" + name);
  }
}
