package io.rekindle.merge;

import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import java.util.List;
import java.util.function.Function;
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
    SummaryBuilder summary = new SummaryBuilder(snapshot, indexes.length);
    Stopwatch watch = new Stopwatch(indexes);
    for (int i = 0; i < indexes.length; i++) {
      Unit unit = units.get(indexes[i]);
      watch.start();
      Outcome outcome =
          executor.execute(
              summary.state(), unit, UnitExecutor.Mode.SPECULATIVE, observers.apply(indexes[i]));
      Outcome recorded = recording.apply(outcome);
      watch.stop(recorded);
      summary.apply(i, recorded);
    }
    return new PartitionResult(partition, watch.runs(), summary.build());
  }

  /**
   * Runs units that do not build on each other, for {@link MergeValidator#mergeAlone}.
   *
   * @param partition number in the plan
   * @param indexes places of the units in the window, ascending
   * @param units the window's units, in chain order
   * @param states gives the state just before a unit
   */
  public PartitionResult executeAlone(
      int partition,
      int[] indexes,
      List<? extends Unit> units,
      Function<Unit, StateReader> states,
      IntFunction<? extends ExecutionObserver> observers) {
    Stopwatch watch = new Stopwatch(indexes);
    for (int index : indexes) {
      Unit unit = units.get(index);
      watch.start();
      Outcome outcome =
          executor.execute(
              states.apply(unit), unit, UnitExecutor.Mode.SPECULATIVE, observers.apply(index));
      watch.stop(recording.apply(outcome));
    }
    return new PartitionResult(
        partition, watch.runs(), new PartitionSummary.Builder(0).build(true));
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
    Stopwatch watch = new Stopwatch(indexes);
    int applied = 0;
    for (int index : indexes) {
      while (applied < between.size() && between.get(applied).index() < index) {
        local.apply(between.get(applied++).outcome().writes());
      }
      watch.start();
      Outcome outcome = executor.execute(local, units.get(index), UnitExecutor.Mode.SPECULATIVE);
      watch.stop(recording.apply(outcome));
      local.apply(outcome.writes());
    }
    return watch.runs();
  }
}
