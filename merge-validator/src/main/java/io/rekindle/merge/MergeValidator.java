package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    final long start = CpuClock.nanos();
    UnitRun[] runs = inChainOrder(units.size(), partitions);
    Map<Address, List<Share>> shared = SharedAccounts.of(partitions);
    LookedAtKeys keys = ConflictIndex.find(shared, snapshot);
    boolean[] open = new boolean[runs.length];
    int whole = partitions.size();
    for (PartitionResult partition : openPartitions(partitions, shared, keys)) {
      whole--;
      for (int i = 0; i < partition.size(); i++) {
        open[partition.run(i).index()] = true;
      }
    }
    Walk walk = new Walk(units, snapshot, runs, keys, open, executor, settings, rounds);
    if (whole < partitions.size()) {
      walk.run();
    }
    return walk.finish(partitions.size(), whole, start);
  }

  /** Those of which some unit must be looked at. */
  private static Set<PartitionResult> openPartitions(
      List<PartitionResult> partitions, Map<Address, List<Share>> shared, LookedAtKeys keys) {
    Set<PartitionResult> open = Collections.newSetFromMap(new IdentityHashMap<>());
    for (PartitionResult partition : partitions) {
      if (partition.summary().undecided()) {
        open.add(partition);
      }
    }
    if (!keys.isEmpty()) {
      for (List<Share> shares : shared.values()) {
        for (Share share : shares) {
          if (!open.contains(share.partition()) && keys.concern(share)) {
            open.add(share.partition());
          }
        }
      }
    }
    return open;
  }

  /**
   * Merges units that each ran on a state of its own, as {@link PartitionExecutor#executeAlone} has
   * it, right or not: every read of every unit is checked on the merged state of those before it.
   *
   * @param units of the window, in chain order
   * @param snapshot the true state that the window starts from
   * @param partitions as for {@link #merge}
   * @param rounds as for {@link #merge}
   */
  public MergedWindow mergeAlone(
      List<? extends Unit> units,
      StateReader snapshot,
      List<PartitionResult> partitions,
      RoundRunner rounds) {
    final long start = CpuClock.nanos();
    UnitRun[] runs = inChainOrder(units.size(), partitions);
    LookedAtKeys keys = new LookedAtKeys();
    boolean[] open = new boolean[runs.length];
    Walk walk = new Walk(units, snapshot, runs, keys, open, executor, settings, rounds);
    walk.runAlone();
    return walk.finish(partitions.size(), 0, start);
  }

  private static UnitRun[] inChainOrder(int units, List<PartitionResult> partitions) {
    UnitRun[] runs = new UnitRun[units];
    int found = 0;
    for (PartitionResult partition : partitions) {
      int size = partition.size();
      for (int i = 0; i < size; i++) {
        UnitRun run = partition.run(i);
        int place = run.index();
        if (place < 0 || place >= units || runs[place] != null) {
          throw new MissingUnitException(
              "unit " + place + " of partition " + partition.partition() + " is unexpected");
        }
        runs[place] = run;
      }
      found += size;
    }
    if (found < units) {
      int missing = Arrays.asList(runs).indexOf(null);
      throw new MissingUnitException("unit " + missing + " is in no partition");
    }
    return runs;
  }

  static boolean isInvalid(Outcome outcome) {
    return outcome.result() instanceof UnitResult.Invalid;
  }
}
