package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One pass over a window's units in chain order.
 *
 * <pre>
 *   before the first stale unit: only units of open partitions that touch a looked-at key;
 *                                state right in those keys alone
 *   from it on:                  all units; the whole merged state; a unit is checked where it reads
 *                                a looked-at key, re-run where it is stale
 * </pre>
 */
final class Walk {
  private final List<? extends Unit> units;
  private final StateReader snapshot;
  private final UnitRun[] runs;
  private final LookedAtKeys keys;
  private final boolean[] open;
  private final UnitExecutor executor;
  private final MergeSettings settings;
  private final RoundRunner roundRunner;

  /**
   * Units executed on a state of their own, alone or in a later round, so that every one is
   * checked.
   */
  private final boolean[] onItsOwn;

  private final ConflictLog conflicts = new ConflictLog();
  private OverlayState merged;
  private int end;
  private int walked;
  private int reruns;
  private int rounds;
  private int roundUnits;
  private long rerunNanos;
  private long roundNanos;
  private long windowGas;

  /**
   * Gas re-run here since the last time that handing back was weighed; negative before the first.
   */
  private long gasSinceWeighed = -1;

  Walk(
      List<? extends Unit> units,
      StateReader snapshot,
      UnitRun[] runs,
      LookedAtKeys keys,
      boolean[] open,
      UnitExecutor executor,
      MergeSettings settings,
      RoundRunner roundRunner) {
    this.units = units;
    this.snapshot = snapshot;
    this.runs = runs;
    this.keys = keys;
    this.open = open;
    this.executor = executor;
    this.settings = settings;
    this.roundRunner = roundRunner;
    this.onItsOwn = new boolean[runs.length];
    this.end = runs.length;
  }

  void run() {
    int stale = firstStale();
    if (stale >= 0) {
      walkFrom(stale);
    }
  }

  /** Checks every unit: each was executed on a state of its own. */
  void runAlone() {
    Arrays.fill(onItsOwn, true);
    walkFrom(0);
  }

  private void walkFrom(int stale) {
    merged = new OverlayState(snapshot);
    for (int i = 0; i < stale; i++) {
      merged.apply(runs[i].outcome().writes());
    }
    for (int i = stale; i < end; i++) {
      Outcome outcome = runs[i].outcome();
      if (onItsOwn[i] || needsVerdict(outcome) || keys.concernReads(outcome)) {
        walked++;
        StateKey key = ReadCheck.firstStale(outcome, merged);
        if (key != null) {
          rerun(i, key);
        }
      }
      merged.apply(runs[i].outcome().writes());
      if (MergeValidator.isInvalid(runs[i].outcome())) {
        end = i + 1;
        return;
      }
      handBackIfWorthIt(i + 1);
    }
  }

  /** The first unit whose reads of looked-at keys do not hold, or -1. */
  private int firstStale() {
    OverlayState partial = new OverlayState(snapshot);
    for (int i = 0; i < runs.length; i++) {
      Outcome outcome = runs[i].outcome();
      if (!open[i] || !(needsVerdict(outcome) || keys.concern(outcome))) {
        continue;
      }
      walked++;
      if (outcome.result() instanceof UnitResult.Unanswered
          || keys.firstStale(outcome, partial) != null) {
        walked--;
        return i;
      }
      if (MergeValidator.isInvalid(outcome)) {
        end = i + 1;
        return -1;
      }
      partial.apply(outcome.writes());
    }
    return -1;
  }

  /** Whether the outcome says that the unit could not be executed, which must hold or be mended. */
  private static boolean needsVerdict(Outcome outcome) {
    return outcome.result() instanceof UnitResult.Unanswered || MergeValidator.isInvalid(outcome);
  }

  private void rerun(int index, StateKey stale) {
    UnitRun before = runs[index];
    conflicts.add(before, stale, rounds);
    final long start = CpuClock.nanos();
    Outcome outcome = executor.execute(merged, units.get(index), UnitExecutor.Mode.EXACT);
    long nanos = CpuClock.nanos() - start;
    if (outcome.result() instanceof UnitResult.Unanswered unanswered) {
      throw new MissingStateException(
          "the state does not hold "
              + unanswered.what()
              + ", which "
              + UnitNames.of(units.get(index))
              + " reads");
    }
    rerunNanos += nanos;
    reruns++;
    keys.addWritesOf(before.outcome());
    keys.addWritesOf(outcome);
    runs[index] = new UnitRun(index, outcome, nanos);
    gasSinceWeighed =
        gasSinceWeighed < 0 ? Long.MAX_VALUE : gasSinceWeighed + runs[index].gasUsed();
  }

  // ---------------------------------------------------------------- rounds

  /** Hands stale units back where they are too much for one core; at least one has been re-run. */
  private void handBackIfWorthIt(int from) {
    if (roundRunner == null || rounds >= settings.maxRounds() || from >= end) {
      return;
    }
    if (windowGas == 0) {
      windowGas = gasOf(0);
    }
    long threshold = (long) (settings.roundShare() * windowGas);
    if (gasSinceWeighed <= threshold) {
      return;
    }
    gasSinceWeighed = 0;
    List<StateKey> causes = new ArrayList<>();
    int[] stale = likelyStale(from, causes);
    long gas = 0;
    for (int index : stale) {
      gas += runs[index].gasUsed();
    }
    if (stale.length > 1 && gas > threshold) {
      handBack(from, stale, causes);
    }
  }

  /** Units from {@code from} on that are stale now, or will be once those before them run again. */
  private int[] likelyStale(int from, List<StateKey> causes) {
    OverlayState scratch = new OverlayState(merged);
    LookedAtKeys dirty = new LookedAtKeys();
    int[] stale = new int[end - from];
    int count = 0;
    for (int i = from; i < end; i++) {
      Outcome outcome = runs[i].outcome();
      StateKey cause = dirty.firstConcerned(outcome);
      if (cause == null && (onItsOwn[i] || needsVerdict(outcome) || keys.concernReads(outcome))) {
        cause = ReadCheck.firstStale(outcome, scratch);
      }
      if (cause != null) {
        causes.add(cause);
        stale[count++] = i;
        dirty.addLikelyWritesOf(outcome);
      }
      scratch.apply(outcome.writes());
    }
    return Arrays.copyOf(stale, count);
  }

  private void handBack(int from, int[] stale, List<StateKey> causes) {
    final long start = CpuClock.nanos();
    List<Outcome> observed = new ArrayList<>(stale.length);
    for (int i = 0; i < stale.length; i++) {
      UnitRun run = runs[stale[i]];
      observed.add(run.outcome());
      conflicts.add(run, causes.get(i), rounds);
    }
    rounds++;
    roundUnits += stale.length;
    boolean[] expected = new boolean[runs.length];
    for (int index : stale) {
      expected[index] = true;
    }
    int returned = 0;
    for (UnitRun run :
        roundRunner.run(new Round(stale, observed, merged, between(from, expected)))) {
      if (run.index() < 0 || run.index() >= runs.length || !expected[run.index()]) {
        throw new MissingUnitException("unit " + run.index() + " was not handed back");
      }
      expected[run.index()] = false;
      returned++;
      keys.addWritesOf(runs[run.index()].outcome());
      keys.addWritesOf(run.outcome());
      runs[run.index()] = run;
      onItsOwn[run.index()] = true;
    }
    if (returned != stale.length) {
      throw new MissingUnitException(
          (stale.length - returned) + " of the units handed back did not return");
    }
    roundNanos += CpuClock.nanos() - start;
  }

  /** The runs from {@code from} on that are not handed back. */
  private List<UnitRun> between(int from, boolean[] handedBack) {
    List<UnitRun> between = new ArrayList<>();
    for (int i = from; i < end; i++) {
      if (!handedBack[i]) {
        between.add(runs[i]);
      }
    }
    return between;
  }

  private long gasOf(int from) {
    long gas = 0;
    for (int i = from; i < end; i++) {
      gas += runs[i].gasUsed();
    }
    return gas;
  }

  // ---------------------------------------------------------------- result

  MergedWindow finish(int partitions, int whole, long start) {
    List<Conflict> writers = conflicts.withWriters(runs);
    MergeStatistics statistics =
        new MergeStatistics(
            partitions,
            whole,
            runs.length,
            walked,
            keys.size(),
            reruns,
            rounds,
            roundUnits,
            conflicts.wastedGas(),
            CpuClock.nanos() - start - rerunNanos - roundNanos,
            rerunNanos);
    return new MergedWindow(
        Collections.unmodifiableList(Arrays.asList(runs).subList(0, end)), writers, statistics);
  }
}
