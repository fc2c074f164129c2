package io.rekindle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CPU time of all threads of this process by what they are for, those of the JVM itself
 * included. Linux keeps it in {@code /proc}; threads that end are caught by looking often.
 */
final class ThreadTimes implements AutoCloseable {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final String OWN_NAME = "thread-times";
  private static final long MILLIS = 100;

  private final Map<String, Long> last = new HashMap<>();
  private final Map<String, Long> byPurpose = new TreeMap<>();
  private final Thread looking;
  private volatile boolean closed;

  /**
   * Starts to look.
   *
   * @throws IllegalStateException on a system without {@code /proc}
   */
  ThreadTimes() {
    if (!Files.isDirectory(TASKS)) {
      throw new IllegalStateException("threads' times are read from " + TASKS + ", of Linux");
    }
    look();
    byPurpose.clear();
    looking = new Thread(this::keepLooking, OWN_NAME);
    looking.setDaemon(true);
    looking.start();
  }

  private void keepLooking() {
    while (!closed) {
      try {
        Thread.sleep(MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      look();
    }
  }

  private synchronized void look() {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        look(task);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void look(Path task) {
    String name;
    long nanos;
    try {
      name = Files.readString(task.resolve("comm")).strip();
      nanos = Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 2)[0]);
    } catch (IOException e) {
      return; // It has just ended.
    }
    if (name.equals(OWN_NAME)) {
      return;
    }
    // A number may be given again to a later thread, whose time is then the lower one.
    long before = last.getOrDefault(task.toString(), 0L);
    last.put(task.toString(), nanos);
    byPurpose.merge(purpose(name), nanos < before ? nanos : nanos - before, Long::sum);
  }

  /** What a thread is for, by the first 15 bytes of its name. */
  private static String purpose(String name) {
    if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
      return "compiler";
    }
    if (name.startsWith("GC ") || name.startsWith("G1 ") || name.startsWith("VM ")) {
      return "collector";
    }
    if (name.startsWith("Executor task")) {
      return "tasks";
    }
    // The launcher's name for the thread of the main method.
    if (name.equals("java")) {
      return "main";
    }
    if (name.startsWith("rekindle-") || name.equals("bare")) {
      return name;
    }
    return "other";
  }

  /** Nanoseconds since the start, by purpose. */
  synchronized Map<String, Long> nanos() {
    look();
    return new TreeMap<>(byPurpose);
  }

  @Override
  public void close() {
    closed = true;
    looking.interrupt();
  }
}
