package io.rekindle.job;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time as the system counts it. */
final class CpuTime {
  private CpuTime() {}

  /** Nanoseconds that all threads of this process have run, those of its compilers included. */
  static long ofProcess() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
