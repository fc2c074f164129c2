package io.rekindle.merge;

import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs windows on threads of one machine: the same plan and the same validator as a cluster, for
 * tests and small jobs.
 */
public final class LocalRunner implements AutoCloseable {
  private final ExecutorService threads;
  private final ThreadLocal<PartitionExecutor> executors;
  private final MergeValidator validator;
  private final RoundPlanner planner;

  /**
   * @param engines makes an engine for each thread
   * @param planner plans rounds, or null to re-run all stale units on the calling thread
   */
  public LocalRunner(
      int threadCount, Supplier<EvmEngine> engines, MergeSettings settings, RoundPlanner planner) {
    this(threadCount, engines, settings, planner, UnaryOperator.identity());
  }

  LocalRunner(
      int threadCount,
      Supplier<EvmEngine> engines,
      MergeSettings settings,
      RoundPlanner planner,
      UnaryOperator<Outcome> recording) {
    this.threads =
        Executors.newFixedThreadPool(
            threadCount,
            task -> {
              Thread thread = new Thread(task, "partition");
              thread.setDaemon(true);
              return thread;
            });
    this.executors =
        ThreadLocal.withInitial(
            () -> new PartitionExecutor(new UnitExecutor(engines.get()), recording));
    this.validator = new MergeValidator(new UnitExecutor(engines.get()), settings);
    this.planner = planner;
  }

  /**
   * @param units of the window, in chain order
   * @param plan places of the units, each in one partition, ascending in each
   * @param snapshot the state that the window starts from; read by several threads
   */
  public MergedWindow run(List<? extends Unit> units, int[][] plan, StateReader snapshot) {
    List<PartitionResult> results = execute(units, plan, snapshot);
    RoundRunner rounds = planner == null ? null : round -> execute(units, round);
    return validator.merge(units, snapshot, results, rounds);
  }

  private List<PartitionResult> execute(
      List<? extends Unit> units, int[][] plan, StateReader snapshot) {
    List<Future<PartitionResult>> pending = new ArrayList<>(plan.length);
    for (int i = 0; i < plan.length; i++) {
      int partition = i;
      pending.add(
          threads.submit(
              () -> executors.get().execute(partition, plan[partition], units, snapshot)));
    }
    List<PartitionResult> results = new ArrayList<>(plan.length);
    pending.forEach(future -> results.add(resultOf(future)));
    return results;
  }

  private List<UnitRun> execute(List<? extends Unit> units, Round round) {
    List<Future<List<UnitRun>>> pending = new ArrayList<>();
    for (int[] partition : planner.plan(units, round)) {
      List<UnitRun> between = round.betweenFor(partition);
      pending.add(
          threads.submit(
              () -> executors.get().executeAgain(partition, units, round.base(), between)));
    }
    List<UnitRun> runs = new ArrayList<>(round.units().length);
    pending.forEach(future -> runs.addAll(resultOf(future)));
    return runs;
  }

  private static <T> T resultOf(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while partitions ran", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
