package io.rekindle.job;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that begin what they are given in order; one thread also ends it in order. */
final class Workers implements AutoCloseable {
  private final ExecutorService executor;

  /** One thread. */
  Workers(String name) {
    this(name, 1);
  }

  Workers(String name, int threads) {
    executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  <T> Future<T> submit(Callable<T> task) {
    return executor.submit(task);
  }

  /** Waits for a result; what the task threw is thrown here. */
  static <T> T resultOf(Future<T> pending) {
    try {
      return pending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
