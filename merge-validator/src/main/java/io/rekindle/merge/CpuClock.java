package io.rekindle.merge;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * CPU time of the calling thread, so that what other threads do does not count. Asking takes up to
 * a microsecond: for partitions and re-runs, not for every unit.
 */
final class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuClock() {}

  /** Nanoseconds from some origin of the thread's own. */
  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
