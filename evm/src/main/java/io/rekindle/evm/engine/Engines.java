package io.rekindle.evm.engine;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The engines on the class path, by name. An engine makes itself known as a service provider of
 * {@link EvmEngine}, and needs a public constructor without parameters.
 */
public final class Engines {
  /** The name of this project's interpreter. */
  public static final String DEFAULT = "rekindle";

  private Engines() {}

  /** The names to choose from, sorted. */
  public static List<String> names() {
    return providers().stream()
        .map(ServiceLoader.Provider::get)
        .map(EvmEngine::name)
        .sorted()
        .toList();
  }

  /**
   * A maker of engines, since each thread needs its own.
   *
   * @throws IllegalArgumentException where there is no engine of that name
   */
  public static Supplier<EvmEngine> named(String name) {
    for (ServiceLoader.Provider<EvmEngine> provider : providers()) {
      if (provider.get().name().equals(name)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "there is no engine " + name + "; there is " + String.join(", ", names()));
  }

  private static List<ServiceLoader.Provider<EvmEngine>> providers() {
    return ServiceLoader.load(EvmEngine.class, Engines.class.getClassLoader()).stream().toList();
  }
}
