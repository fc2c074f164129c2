package io.rekindle.merge;

import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Runs the units of a partition in chain order, each on the snapshot with the writes of the
 * partition's earlier units. The result is a pure function of the units and the snapshot, but for
 * the time that each unit took.
 */
public final class PartitionExecutor {
  private final UnitExecutor executor;
  private final UnaryOperator<Outcome> recording;

  public PartitionExecutor(UnitExecutor executor) {
    this(executor, UnaryOperator.identity());
  }

  /**
   * @param recording changes what is handed over of an outcome; tests drop reads with it, to see
   *     that they are missed
   */
  PartitionExecutor(UnitExecutor executor, UnaryOperator<Outcome> recording) {
    this.executor = executor;
    this.recording = recording;
  }

  /**
   * @param partition number in the plan
   * @param indexes places of the units in the window, ascending
   * @param units the window's units, in chain order
   */
  public PartitionResult execute(
      int partition, int[] indexes, List<? extends Unit> units, StateReader snapshot) {
    return execute(partition, indexes, units, snapshot, index -> null);
  }

  /**
   * @param observers gives what watches the unit at a place while it runs, or null
   */
  public PartitionResult execute(
      int partition,
      int[] indexes,
      List<? extends Unit> units,
      StateReader snapshot,
      IntFunction<? extends ExecutionObserver> observers) {
    OverlayState local = new OverlayState(snapshot);
    SummaryBuilder summary = new SummaryBuilder(indexes.length);
    List<UnitRun> runs = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      long start = System.nanoTime();
      Outcome outcome =
          executor.execute(
              local, units.get(index), UnitExecutor.Mode.SPECULATIVE, observers.apply(index));
      long nanos = System.nanoTime() - start;
      Outcome recorded = recording.apply(outcome);
      summary.add(runs.size(), recorded, local);
      local.apply(outcome.writes());
      runs.add(new UnitRun(index, recorded, nanos));
    }
    return new PartitionResult(partition, runs, summary.build());
  }

  /**
   * Runs stale units of a round in chain order, each on the base with the writes of those before
   * it: of this partition, and of the runs that stand between.
   *
   * @param indexes places of the units in the window, ascending
   * @param units the window's units, in chain order
   * @param base the merged state that the round starts from
   * @param between runs that are taken as they are, in chain order
   */
  public List<UnitRun> executeAgain(
      int[] indexes, List<? extends Unit> units, StateReader base, List<UnitRun> between) {
    OverlayState local = new OverlayState(base);
    List<UnitRun> runs = new ArrayList<>(indexes.length);
    int applied = 0;
    for (int index : indexes) {
      while (applied < between.size() && between.get(applied).index() < index) {
        local.apply(between.get(applied++).outcome().writes());
      }
      long start = System.nanoTime();
      Outcome outcome = executor.execute(local, units.get(index), UnitExecutor.Mode.SPECULATIVE);
      long nanos = System.nanoTime() - start;
      local.apply(outcome.writes());
      runs.add(new UnitRun(index, recording.apply(outcome), nanos));
    }
    return runs;
  }
}
