package io.rekindle.job;

import com.esotericsoftware.kryo.Kryo;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * The classes that this job sends through Kryo. They are few by intention: executors and driver
 * exchange flat bytes.
 */
public final class KryoClasses implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(byte[][].class);
    kryo.register(Object[].class);
    kryo.register(Integer[].class);
  }
}
