package io.rekindle.job.table;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Time that a piece of work took, in nanoseconds.
 *
 * @param wall from its start to its end
 * @param cpu of the threads that did it
 */
public record Took(long wall, long cpu) {
  public static final Took NOTHING = new Took(0, 0);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A watch that starts now; {@link #since} with it, on the same thread, tells the time. */
  public static Took now() {
    return new Took(System.nanoTime(), THREADS.getCurrentThreadCpuTime());
  }

  /** What has passed on this thread since {@code start} was taken on it. */
  public static Took since(Took start) {
    Took now = now();
    return new Took(now.wall - start.wall, now.cpu - start.cpu);
  }

  public Took plus(Took more) {
    return new Took(wall + more.wall, cpu + more.cpu);
  }

  /** The same work with another wall time: tasks ran side by side. */
  public Took withWall(long nanos) {
    return new Took(nanos, cpu);
  }

  public void write(DataOutputStream out) throws IOException {
    out.writeLong(wall);
    out.writeLong(cpu);
  }

  public static Took read(DataInputStream in) throws IOException {
    return new Took(in.readLong(), in.readLong());
  }
}
