package io.rekindle.job;

import io.rekindle.evm.process.Unit;
import io.rekindle.merge.PartitionExecutor;
import io.rekindle.merge.PartitionResult;
import io.rekindle.partitioner.learn.UnitObserver;
import io.rekindle.snapshot.sidecar.VersionedSnapshot;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A partition of a window, executed by one Spark task, small ones by one together.
 *
 * @param partition number in the plan
 * @param cost as predicted, in gas
 * @param units places in the window, ascending
 * @param observed whether the unit at the same index is watched
 */
record PartitionTask(WindowTask window, int partition, long cost, int[] units, boolean[] observed)
    implements Serializable {
  /**
   * What is worth a task of its own: executing so much gas takes about as long as a task costs
   * Spark. Plans give most of a window to few partitions, and leave little for others.
   */
  private static final long GAS_PER_TASK = 10_000_000;

  /** The tasks of a plan; empty partitions have none. */
  static List<PartitionTask> of(WindowTask window, WindowPlan plan) {
    List<PartitionTask> tasks = new ArrayList<>(plan.partitions().length);
    for (int partition = 0; partition < plan.partitions().length; partition++) {
      int[] units = plan.partitions()[partition];
      if (units.length > 0) {
        boolean[] observed = new boolean[units.length];
        for (int i = 0; i < units.length; i++) {
          observed[i] = plan.observed()[units[i]];
        }
        tasks.add(new PartitionTask(window, partition, plan.costs()[partition], units, observed));
      }
    }
    return tasks;
  }

  /** Spark's tasks, each of partitions that follow one another and are worth one together. */
  static List<List<PartitionTask>> together(List<PartitionTask> partitions) {
    List<List<PartitionTask>> tasks = new ArrayList<>();
    long gas = GAS_PER_TASK;
    for (PartitionTask partition : partitions) {
      if (gas >= GAS_PER_TASK) {
        tasks.add(new ArrayList<>());
        gas = 0;
      }
      tasks.get(tasks.size() - 1).add(partition);
      gas += partition.cost();
    }
    return tasks;
  }

  /** Executes the partition; the flat form of an {@link ExecutedPartition}. */
  byte[] execute() {
    Map<Integer, UnitObserver> observers = new HashMap<>();
    for (int i = 0; i < units.length; i++) {
      if (observed[i]) {
        observers.put(units[i], new UnitObserver());
      }
    }
    PartitionResult result =
        execute(ExecutorCache.partitionExecutor(window.chain()), observers::get);
    Map<Integer, byte[]> observations = new HashMap<>();
    observers.forEach((unit, observer) -> observations.put(unit, observer.toBytes()));
    return new ExecutedPartition(result, observations).toBytes();
  }

  private PartitionResult execute(PartitionExecutor executor, IntFunction<UnitObserver> observers) {
    List<Unit> all = window.window().units();
    if (!window.hasSidecars()) {
      return executor.execute(partition, units, all, window.snapshot().open(), observers);
    }
    VersionedSnapshot versions = window.versions();
    return executor.executeAlone(
        partition,
        units,
        all,
        unit -> versions.before(unit.block().context().number(), unit.blockAccessIndex()),
        observers);
  }
}
