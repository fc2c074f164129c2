package io.rekindle.job;

import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.PartitionExecutor;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.sidecar.VersionedSnapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What an executor keeps between tasks: windows and snapshots made from broadcast bytes, and a
 * {@link PartitionExecutor} a thread. Bounded, and rebuilt whenever something is not there, so that
 * an executor can join or leave at any time.
 */
final class ExecutorCache {
  private static final int MAX_ENTRIES = 64;

  private static final ThreadLocal<Map<Kind, PartitionExecutor>> EXECUTORS =
      ThreadLocal.withInitial(HashMap::new);

  private static final Bounded<WindowBlocks> WINDOWS = new Bounded<>();
  private static final Bounded<Snapshot> SNAPSHOTS = new Bounded<>();
  private static final Bounded<VersionedSnapshot> VERSIONS = new Bounded<>();

  private ExecutorCache() {}

  /**
   * Forgets all. Broadcasts are numbered anew in each application, and where the driver executes
   * itself, one application may follow another in this JVM.
   */
  static void clear() {
    WINDOWS.clear();
    SNAPSHOTS.clear();
    VERSIONS.clear();
  }

  /** What tells one executor from another. */
  private record Kind(String engine, boolean traced) {}

  /** This thread's executor with the engine that was chosen. */
  static PartitionExecutor partitionExecutor(ChainChoice chain) {
    return EXECUTORS
        .get()
        .computeIfAbsent(
            new Kind(chain.engine(), chain.traced()),
            unused -> new PartitionExecutor(chain.newExecutor()));
  }

  /**
   * @param key of the broadcast that holds the window, unique in the application
   */
  static WindowBlocks window(String key, Supplier<WindowBlocks> maker) {
    return WINDOWS.get(key, maker);
  }

  /**
   * @param key of the broadcasts that the snapshot is composed of
   */
  static Snapshot snapshot(String key, Supplier<Snapshot> maker) {
    return SNAPSHOTS.get(key, maker);
  }

  /**
   * @param key of the broadcast that holds the sidecars
   */
  static VersionedSnapshot versions(String key, Supplier<VersionedSnapshot> maker) {
    return VERSIONS.get(key, maker);
  }

  /** Least recently used first out; a value that is being made is waited for, not made twice. */
  private static final class Bounded<T> {
    private final Map<String, CompletableFuture<T>> entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<T>> eldest) {
            return size() > MAX_ENTRIES;
          }
        };

    void clear() {
      synchronized (entries) {
        entries.clear();
      }
    }

    T get(String key, Supplier<T> maker) {
      CompletableFuture<T> promise = new CompletableFuture<>();
      CompletableFuture<T> known;
      synchronized (entries) {
        known = entries.putIfAbsent(key, promise);
      }
      if (known != null) {
        return known.join();
      }
      try {
        T value = maker.get();
        promise.complete(value);
        return value;
      } catch (RuntimeException e) {
        synchronized (entries) {
          entries.remove(key, promise);
        }
        promise.completeExceptionally(e);
        throw e;
      }
    }
  }
}
