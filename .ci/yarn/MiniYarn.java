import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * YARN with one resource manager and one node manager in this process, until it is killed. The only
 * argument is a folder, which gets the {@code yarn-site.xml} of the cluster once that is up.
 */
public final class MiniYarn {
  private MiniYarn() {}

  public static void main(String[] arguments) throws Exception {
    MiniYARNCluster cluster = new MiniYARNCluster("rekindle", 1, 1, 1);
    cluster.init(configuration());
    cluster.start();
    if (!cluster.waitForNodeManagersToConnect(60_000)) {
      throw new IllegalStateException("the node manager did not register within a minute");
    }
    write(cluster, Path.of(arguments[0]));
    Thread.currentThread().join();
  }

  private static YarnConfiguration configuration() {
    YarnConfiguration configuration = new YarnConfiguration();
    configuration.set("yarn.scheduler.capacity.root.queues", "default");
    configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 256);
    configuration.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, 4096);
    // Sizes are those of a test, and a disk that is nearly full is no reason to refuse work.
    configuration.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99.9f);
    // What containers inherit, and how long their output stays to be read.
    configuration.set(YarnConfiguration.NM_ENV_WHITELIST, "JAVA_HOME,JAVA_TOOL_OPTIONS");
    configuration.setInt(YarnConfiguration.DEBUG_NM_DELETE_DELAY_SEC, 3600);
    return configuration;
  }

  private static void write(MiniYARNCluster cluster, Path folder) throws IOException {
    Path staged = folder.resolve("yarn-site.tmp");
    try (OutputStream out = Files.newOutputStream(staged)) {
      cluster.getConfig().writeXml(out);
    }
    Files.move(staged, folder.resolve("yarn-site.xml"));
  }
}
