package io.rekindle.merge;

import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Runs a random window serially and merged, and says what differs. */
final class EquivalenceCase {
  private final EvmEngine engine = new Interpreter();
  private final UnitExecutor serial = new UnitExecutor(engine, RandomWindow.SIGNERS);
  private final UnitExecutor parallel = new UnitExecutor(new Interpreter(), RandomWindow.SIGNERS);
  private final PartitionExecutor partitions;
  private final RoundPlanner planner = new RoundPlanner(2);
  private MergeStatistics statistics;

  EquivalenceCase(UnaryOperator<Outcome> recording) {
    partitions = new PartitionExecutor(parallel, recording);
  }

  MergeStatistics statistics() {
    return statistics;
  }

  /** What differs, or an empty text. */
  String difference(long seed) {
    RandomWindow window = new RandomWindow(seed, engine);
    Random random = new Random(~seed);
    random.nextLong();
    List<Outcome> expected = new ArrayList<>();
    OverlayState state = new OverlayState(window.base);
    for (Unit unit : window.units) {
      Outcome outcome = serial.execute(state, unit, UnitExecutor.Mode.EXACT);
      expected.add(outcome);
      state.apply(outcome.writes());
      if (outcome.result() instanceof UnitResult.Invalid) {
        break;
      }
    }
    MergedWindow merged = merge(window, random);
    statistics = merged.statistics();
    if (merged.runs().size() != expected.size()) {
      return "ends after " + merged.runs().size() + " units, serially " + expected.size();
    }
    for (int i = 0; i < expected.size(); i++) {
      Outcome outcome = merged.runs().get(i).outcome();
      String part = OutcomeComparison.firstDifference(expected.get(i), outcome);
      if (part == null && !ReadComparison.same(expected.get(i).reads(), outcome.reads())) {
        part = "reads";
      }
      if (part != null) {
        return part + " of unit " + i + " in " + window.fork;
      }
    }
    return stateDifference(state, merged.stateAfter(window.base));
  }

  private MergedWindow merge(RandomWindow window, Random random) {
    MergeSettings settings =
        new MergeSettings(random.nextBoolean() ? 0 : random.nextDouble(), random.nextInt(4));
    RoundRunner rounds = round -> executeAgain(round, window.units, random);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < window.units.size(); i++) {
      places.add(i);
    }
    List<PartitionResult> results =
        execute(RandomPlan.of(places, random), window.units, window.base);
    Collections.shuffle(results, random);
    return new MergeValidator(serial, settings)
        .merge(window.units, window.base, results, random.nextBoolean() ? rounds : null);
  }

  private List<PartitionResult> execute(
      int[][] plan, List<? extends Unit> units, StateReader snapshot) {
    List<PartitionResult> results = new ArrayList<>();
    for (int i = 0; i < plan.length; i++) {
      results.add(partitions.execute(i, plan[i], units, snapshot));
    }
    return results;
  }

  /**
   * By the planner of rounds, or by plans that know nothing and see little of what stands between.
   */
  private List<UnitRun> executeAgain(Round round, List<? extends Unit> units, Random random) {
    List<Integer> places = new ArrayList<>();
    for (int unit : round.units()) {
      places.add(unit);
    }
    boolean planned = random.nextBoolean();
    int[][] plan = planned ? planner.plan(units, round) : RandomPlan.of(places, random);
    List<UnitRun> runs = new ArrayList<>();
    for (int[] partition : plan) {
      if (partition.length > 0) {
        List<UnitRun> between =
            planned || random.nextBoolean() ? round.betweenFor(partition) : List.of();
        runs.addAll(partitions.executeAgain(partition, units, round.base(), between));
      }
    }
    Collections.shuffle(runs, random);
    return runs;
  }

  private static String stateDifference(OverlayState a, OverlayState b) {
    Set<Address> addresses = new HashSet<>(a.changes().keySet());
    addresses.addAll(b.changes().keySet());
    for (Address address : addresses) {
      if (!java.util.Objects.equals(a.account(address), b.account(address))) {
        return "account " + address;
      }
      Set<UInt256> slots = new HashSet<>();
      for (OverlayState state : List.of(a, b)) {
        if (state.changes().containsKey(address)) {
          slots.addAll(state.changes().get(address).slots().keySet());
        }
      }
      for (UInt256 slot : slots) {
        if (!a.storage(address, slot).equals(b.storage(address, slot))) {
          return "slot " + slot + " of " + address;
        }
      }
      if (a.hasStorage(address) != b.hasStorage(address)) {
        return "storage of " + address;
      }
    }
    return "";
  }
}
