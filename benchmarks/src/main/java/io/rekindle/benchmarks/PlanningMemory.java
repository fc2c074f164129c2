package io.rekindle.benchmarks;

import com.sun.management.ThreadMXBean;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.WindowUnits;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.openjdk.jol.info.GraphLayout;

/**
 * Plans the window of {@link PlanningBenchmark} once and prints what it holds and allocates, in
 * bytes per touch. Run with a small {@code -Xmx}, it shows how much heap planning needs at its
 * peak: less is an OutOfMemoryError.
 */
public final class PlanningMemory {
  private PlanningMemory() {}

  public static void main(String[] args) {
    // Else the fields of records have no offset that JOL could ask for.
    System.setProperty("jol.magicFieldOffset", "true");
    double hot = args.length == 0 ? 0.5 : Double.parseDouble(args[0]);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    PlanningWindow window = new PlanningWindow(hot, 5);
    AccessHints hints = window.hints();
    WindowUnits units = window.units(hints);
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    PartitionPlan plan =
        Partitioner.byName(Partitioner.DEFAULT).plan(units, PlanSettings.forCores(32));
    long time = System.nanoTime() - start;
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.printf(
        Locale.ROOT,
        "%,d units, %,d touches, %,d keys; heap of at most %,d MiB%n",
        units.size(),
        hints.touches(),
        hints.keys().accounts() + hints.keys().slots(),
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.printf(
        Locale.ROOT,
        "planned in %,d ms (cold): %d partitions, %d cut keys, makespan %.3f shares%n",
        time / 1_000_000,
        plan.partitions(),
        plan.cutKeys().size(),
        32.0 * plan.makespan() / units.totalCost());
    line("hints", size(hints));
    line("plan", size(plan));
    line("allocated while planning", allocated);
  }

  private static long size(Object root) {
    return GraphLayout.parseInstance(root).totalSize();
  }

  private static void line(String name, long bytes) {
    System.out.printf(
        Locale.ROOT, "%-26s %6.1f bytes a touch%n", name, (double) bytes / PlanningWindow.TOUCHES);
  }
}
