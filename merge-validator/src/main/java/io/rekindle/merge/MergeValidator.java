package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Merges the executed partitions of a window into what serial execution gives.
 *
 * <p>The induction: a unit is a deterministic function of its fixed inputs and of what it learned
 * of the state. Take the units in chain order. If everything a unit learned holds on the merged
 * state of the units before it, serial execution would have done the same, and its writes are
 * committed; if not, it is executed on that state. So the merged state after every unit equals
 * serial execution's, whatever the plan was.
 *
 * <p>The work is kept small in three steps. {@link ConflictIndex} finds the keys on which
 * partitions can disagree; while no unit is stale, only units that touch those are looked at, on a
 * state that is right in those keys alone. From the first stale unit on, the whole merged state is
 * kept ({@link Walk}), and what the re-run unit wrote, before and now, joins the keys. If too much
 * gas is stale, it is handed back as new partitions.
 *
 * <p>One validator merges one window after another; not safe for threads.
 */
public final class MergeValidator {
  private final UnitExecutor executor;
  private final MergeSettings settings;

  /**
   * @param executor re-runs stale units
   */
  public MergeValidator(UnitExecutor executor, MergeSettings settings) {
    this.executor = executor;
    this.settings = settings;
  }

  /**
   * @param units of the window, in chain order
   * @param snapshot the state that the window starts from
   * @param partitions what the executors handed over: together exactly the window's units
   * @param rounds executes stale units again in parallel, or null to re-run all here
   * @throws MissingUnitException where a unit is missing or twice there
   * @throws MissingStateException where the snapshot cannot answer a read at its place in chain
   *     order
   */
  public MergedWindow merge(
      List<? extends Unit> units,
      StateReader snapshot,
      List<PartitionResult> partitions,
      RoundRunner rounds) {
    final long start = System.nanoTime();
    UnitRun[] runs = inChainOrder(units.size(), partitions);
    List<PartitionSummary> summaries = new ArrayList<>(partitions.size());
    for (PartitionResult partition : partitions) {
      summaries.add(partition.summary());
    }
    LookedAtKeys keys = ConflictIndex.find(summaries, snapshot);
    int whole = 0;
    boolean[] open = new boolean[runs.length];
    for (PartitionResult partition : partitions) {
      PartitionSummary summary = partition.summary();
      if (summary.undecided() || keys.concern(summary)) {
        for (UnitRun run : partition.runs()) {
          open[run.index()] = true;
        }
      } else {
        whole++;
      }
    }
    Walk walk = new Walk(units, snapshot, runs, keys, open, executor, settings, rounds);
    if (whole < partitions.size()) {
      walk.run();
    }
    return walk.finish(partitions.size(), whole, start);
  }

  private static UnitRun[] inChainOrder(int units, List<PartitionResult> partitions) {
    UnitRun[] runs = new UnitRun[units];
    for (PartitionResult partition : partitions) {
      for (UnitRun run : partition.runs()) {
        if (run.index() < 0 || run.index() >= units || runs[run.index()] != null) {
          throw new MissingUnitException(
              "unit " + run.index() + " of partition " + partition.partition() + " is unexpected");
        }
        runs[run.index()] = run;
      }
    }
    int missing = Arrays.asList(runs).indexOf(null);
    if (missing >= 0) {
      throw new MissingUnitException("unit " + missing + " is in no partition");
    }
    return runs;
  }

  static boolean isInvalid(Outcome outcome) {
    return outcome.result() instanceof UnitResult.Invalid;
  }
}
