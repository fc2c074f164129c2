package io.rekindle.job;

import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.merge.Conflict;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.UnitRun;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.HintTrust;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import io.rekindle.partitioner.learn.CallKey;
import io.rekindle.partitioner.learn.CostModel;
import io.rekindle.partitioner.learn.LearnedTrust;
import io.rekindle.partitioner.learn.Templates;
import io.rekindle.partitioner.learn.UnitObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans windows on the driver, by what earlier windows taught. Units are watched until their kind
 * of call was seen often enough, and then every now and then, since watching and learning cost more
 * than executing. One thread at a time.
 */
final class WindowPlanner {
  /** Lessons of one kind of call after which only a share is watched. */
  private static final int ENOUGH = 24;

  private static final int SHARE = 16;
  private static final int MAX_KINDS = 100_000;

  private final Partitioner partitioner;
  private final PlanSettings settings;
  private final boolean hinted;
  private final Templates templates = new Templates();
  private final CostModel costs = new CostModel();
  private final LearnedTrust trust = new LearnedTrust();
  private final Map<CallKey, Integer> seen = new HashMap<>();

  WindowPlanner(RunSettings run) {
    this.partitioner = Partitioner.byName(run.strategy());
    this.settings = PlanSettings.forCores(run.cores());
    this.hinted = run.strategy().equals("clusters") || run.strategy().equals("accounts");
  }

  /**
   * What is expected of a window's units.
   *
   * @param observed by place, whether the unit is to be watched
   */
  record Expectation(WindowUnits units, boolean[] observed) {}

  /**
   * Plans a window.
   *
   * @param state of the window's start, or an older one
   */
  WindowPlan plan(List<Unit> units, StateReader state) {
    Expectation expected = expect(units, state);
    PartitionPlan plan = partitioner.plan(expected.units(), settings.withTrust(trust.trust()));
    return WindowPlan.of(plan, expected.observed(), expected.units().hints());
  }

  /** What the units of a window are expected to cost and to touch. */
  Expectation expect(List<Unit> units, StateReader state) {
    AccessHints.Builder hints = AccessHints.builder();
    long[] predicted = new long[units.size()];
    boolean[] observed = new boolean[units.size()];
    for (int i = 0; i < predicted.length; i++) {
      Unit unit = units.get(i);
      Hash codeHash = codeHash(unit, state);
      predicted[i] = costs.cost(unit, codeHash);
      hints.startUnit();
      if (hinted) {
        UnitHints.addKnown(hints, unit);
        if (unit instanceof Unit.TransactionUnit transaction) {
          templates.addPredicted(hints, transaction, state);
          observed[i] =
              codeHash != null && worthWatching(new CallKey(codeHash, selector(transaction)));
        }
      }
    }
    return new Expectation(new WindowUnits(units, predicted, hints.build()), observed);
  }

  private boolean worthWatching(CallKey kind) {
    if (seen.size() > MAX_KINDS) {
      seen.clear();
    }
    int times = seen.merge(kind, 1, Integer::sum);
    return times <= ENOUGH || times % SHARE == 0;
  }

  /**
   * Learns from executed partitions, whose outcomes need not be the final ones: what a unit does
   * with what it has read is true whatever it has read.
   *
   * @param state that the units were planned on
   */
  void learn(List<Unit> units, List<ExecutedPartition> partitions, StateReader state) {
    for (ExecutedPartition partition : partitions) {
      for (UnitRun run : partition.result().runs()) {
        learn(units.get(run.index()), run, partition.observation(run.index()), state);
      }
    }
  }

  /** What hints have turned out to be worth. */
  HintTrust trust() {
    return trust.trust();
  }

  /** Learns from what merging a window found stale, how often hints miss something. */
  void learn(WindowPlan plan, MergedWindow merged) {
    int units = merged.runs().size();
    if (!hinted || units < plan.hints().units()) {
      // Nothing was expected, or the run ends here.
      return;
    }
    long[] gas = new long[units];
    for (UnitRun run : merged.runs()) {
      gas[run.index()] = run.gasUsed();
    }
    boolean[] surprised = new boolean[units];
    for (Conflict conflict : merged.conflicts()) {
      surprised[conflict.unit()] |=
          !plan.foresaw(conflict.unit(), conflict.key())
              || (conflict.writer() >= 0 && !plan.foresaw(conflict.writer(), conflict.key()));
    }
    trust.learn(plan.hints(), plan.partitionOf(units), gas, surprised);
  }

  /**
   * Learns from an executed unit.
   *
   * @param observer that watched it, where it was watched
   */
  void learn(Unit unit, UnitRun run, Optional<UnitObserver> observer, StateReader state) {
    costs.learn(unit, codeHash(unit, state), run.gasUsed(), run.nanos());
    if (unit instanceof Unit.TransactionUnit transaction) {
      observer.ifPresent(
          watched ->
              templates.learn(transaction, watched, run.outcome().reads(), run.outcome().writes()));
    }
  }

  private static long selector(Unit.TransactionUnit unit) {
    return CallKey.selectorOf(unit.transaction().input());
  }

  /** The code that a transaction calls, or null where it calls none or the state does not say. */
  private static Hash codeHash(Unit unit, StateReader state) {
    if (!(unit instanceof Unit.TransactionUnit transaction)
        || transaction.transaction().isCreate()) {
      return null;
    }
    try {
      Hash hash = codeHash(transaction.transaction().to(), state);
      Code code = hash == null ? null : state.code(hash);
      return code != null && code.isDelegation() ? codeHash(code.delegate(), state) : hash;
    } catch (MissingStateException unknown) {
      return null;
    }
  }

  private static Hash codeHash(Address address, StateReader state) {
    Account account = state.account(address);
    return account == null || account.codeHash().equals(Code.EMPTY_HASH)
        ? null
        : account.codeHash();
  }
}
