package io.rekindle.merge;

import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.merge.wire.PartitionCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Runs random windows serially, and in partitions by plans that know nothing and merged. */
final class EquivalenceCase {
  /**
   * What became of a window.
   *
   * @param serial outcomes, up to the first invalid unit
   * @param partitions as executors handed them over
   */
  record Run(
      RandomWindow window,
      List<Outcome> serial,
      List<PartitionResult> partitions,
      MergedWindow merged) {}

  private final Interpreter engine = new Interpreter();
  private final UnitExecutor serial = new UnitExecutor(engine, RandomWindow.SIGNERS);
  private final PartitionExecutor partitions;
  private final RoundPlanner planner = new RoundPlanner(2);

  /**
   * @param recording changes what executors hand over of an outcome
   */
  EquivalenceCase(UnaryOperator<Outcome> recording) {
    UnitExecutor parallel = new UnitExecutor(new Interpreter(), RandomWindow.SIGNERS);
    partitions = new PartitionExecutor(parallel, recording);
  }

  Run run(long seed) {
    RandomWindow window = new RandomWindow(seed, engine);
    Random random = new Random(~seed);
    random.nextLong();
    List<Outcome> expected = serially(window);
    MergeSettings settings =
        new MergeSettings(random.nextBoolean() ? 0 : random.nextDouble(), random.nextInt(4));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < window.units.size(); i++) {
      places.add(i);
    }
    List<PartitionResult> results =
        execute(RandomPlan.of(places, random), window.units, window.base);
    if (random.nextBoolean()) {
      results.replaceAll(result -> PartitionCodec.decode(PartitionCodec.encode(result)));
    }
    Collections.shuffle(results, random);
    RoundRunner rounds = round -> executeAgain(round, window.units, random);
    MergedWindow merged =
        new MergeValidator(serial, settings)
            .merge(window.units, window.base, results, random.nextBoolean() ? rounds : null);
    return new Run(window, expected, results, merged);
  }

  /**
   * Every unit on a state of its own, as sidecars give it: the true one, or one that lacks what
   * some earlier units wrote.
   */
  Run runAlone(long seed, boolean trueStates) {
    RandomWindow window = new RandomWindow(seed, engine);
    Random random = new Random(~seed);
    List<Outcome> expected = serially(window);
    IdentityHashMap<Unit, StateReader> states = new IdentityHashMap<>();
    for (int i = 0; i < window.units.size(); i++) {
      OverlayState state = new OverlayState(window.base);
      for (int earlier = 0; earlier < Math.min(i, expected.size()); earlier++) {
        if (trueStates || random.nextInt(3) > 0) {
          state.apply(expected.get(earlier).writes());
        }
      }
      states.put(window.units.get(i), state);
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < window.units.size(); i++) {
      places.add(i);
    }
    List<PartitionResult> results = new ArrayList<>();
    for (int[] partition : RandomPlan.of(places, random)) {
      results.add(
          partitions.executeAlone(
              results.size(), partition, window.units, states::get, index -> null));
    }
    RoundRunner rounds = round -> executeAgain(round, window.units, random);
    MergedWindow merged =
        new MergeValidator(serial, new MergeSettings(random.nextDouble(), random.nextInt(4)))
            .mergeAlone(window.units, window.base, results, random.nextBoolean() ? rounds : null);
    return new Run(window, expected, results, merged);
  }

  private List<Outcome> serially(RandomWindow window) {
    List<Outcome> outcomes = new ArrayList<>();
    OverlayState state = new OverlayState(window.base);
    for (Unit unit : window.units) {
      Outcome outcome = serial.execute(state, unit, UnitExecutor.Mode.EXACT);
      outcomes.add(outcome);
      state.apply(outcome.writes());
      if (outcome.result() instanceof UnitResult.Invalid) {
        break;
      }
    }
    return outcomes;
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
}
