package io.rekindle.job;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that begin what they are given in order; one thread also ends it in order. */
final class Workers implements AutoCloseable {
  private final ThreadPoolExecutor executor;

  /** One thread. */
  Workers(String name) {
    this(name, 1);
  }

  Workers(String name, int threads) {
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
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

  /**
   * Waits for what has begun, and drops the rest. Whoever closes may stop Spark next, which
   * complains at length where a job still runs.
   */
  @Override
  public void close() {
    executor.getQueue().clear();
    executor.shutdown();
    try {
      for (boolean ended = false; !ended; ) {
        ended = executor.awaitTermination(1, TimeUnit.HOURS);
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
