package io.rekindle.job.archive;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Hadoop's configuration on its way to executors. Only what was set goes along: an executor has the
 * same defaults in its own jars, and a thousand properties per task would weigh more than the task.
 */
public final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Hadoop's own defaults and the machine's files, which take long to read. */
  private static final class Defaults {
    static final Configuration LOADED = loaded();

    private static Configuration loaded() {
      Configuration configuration = new Configuration();
      configuration.size();
      return configuration;
    }
  }

  private final TreeMap<String, String> set;
  private transient Configuration configuration;

  public HadoopSettings(Configuration configuration) {
    this.configuration = configuration;
    this.set = new TreeMap<>();
    for (Map.Entry<String, String> property : configuration) {
      if (!isDefault(configuration.getPropertySources(property.getKey()))) {
        set.put(property.getKey(), property.getValue());
      }
    }
  }

  private static boolean isDefault(String[] sources) {
    return sources != null
        && sources.length > 0
        && sources[sources.length - 1].endsWith("-default.xml");
  }

  public synchronized Configuration configuration() {
    if (configuration == null) {
      configuration = new Configuration(Defaults.LOADED);
      set.forEach(configuration::set);
    }
    return configuration;
  }
}
