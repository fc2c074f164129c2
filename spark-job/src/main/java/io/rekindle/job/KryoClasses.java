package io.rekindle.job;

import com.esotericsoftware.kryo.Kryo;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * The classes that this job sends through Kryo. They are few by intention: executors and driver
 * exchange flat bytes.
 */
public final class KryoClasses implements KryoRegistrator {
  private static final String[] COMMIT_CLASSES = {
    "org.apache.spark.sql.execution.datasources.WriteTaskResult",
    "org.apache.spark.internal.io.FileCommitProtocol$TaskCommitMessage",
    "org.apache.spark.sql.execution.datasources.ExecutedWriteSummary",
    "org.apache.spark.sql.execution.datasources.BasicWriteTaskStats"
  };

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(byte[][].class);
    kryo.register(Object[].class);
    kryo.register(Integer[].class);
    // What Spark's own file commit sends back from the tasks that write.
    for (String name : COMMIT_CLASSES) {
      try {
        kryo.register(Class.forName(name));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("this Spark has no " + name, e);
      }
    }
  }
}
