package io.rekindle.benchmarks;

import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.WindowUnits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What planning costs per key touch, in a heap as large as a Spark driver has by default. Both
 * parts have to stay under a microsecond together.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class PlanningBenchmark {
  /** Share of the units that write a slot which all users of a contract share. */
  @Param({"0", "0.02", "0.5"})
  public double hot;

  @Param("32")
  public int cores;

  private PlanningWindow window;
  private WindowUnits units;

  @Setup
  public void draw() {
    window = new PlanningWindow(hot, 5);
    units = window.units(window.hints());
  }

  /** Numbering the keys of all touches. */
  @Benchmark
  @OperationsPerInvocation(PlanningWindow.TOUCHES)
  public AccessHints hints() {
    return window.hints();
  }

  /** Conflict graph, clusters, cutting, packing and the prediction of re-runs. */
  @Benchmark
  @OperationsPerInvocation(PlanningWindow.TOUCHES)
  public PartitionPlan plan() {
    return Partitioner.byName(Partitioner.DEFAULT).plan(units, PlanSettings.forCores(cores));
  }
}
