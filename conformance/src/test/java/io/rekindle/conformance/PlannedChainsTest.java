package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.conformance.Chains.RealBlock;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.Unit.TransactionUnit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.merge.LocalRunner;
import io.rekindle.merge.MergeSettings;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.UnitRun;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.PlanSettings.Cutting;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import io.rekindle.partitioner.learn.Templates;
import io.rekindle.partitioner.learn.UnitObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Plans of the sample chain, executed in partitions and merged to see whether they keep what they
 * promise. Costs are gas; stale units run again one by one, as plans reckon.
 */
class PlannedChainsTest {
  private static final int WINDOW_BLOCKS = 50;
  private static final Partitioner CLUSTERS = Partitioner.byName("clusters");

  private final LocalRunner runner =
      new LocalRunner(2, Engines.named(Engines.DEFAULT), MergeSettings.DEFAULT, null);

  private final UnitExecutor executor = new UnitExecutor(Engines.named(Engines.DEFAULT).get());

  @AfterEach
  void close() {
    runner.close();
  }

  /** Units in chain order with what executing them one after another gave. */
  private record Window(List<Unit> units, StateReader state, List<Outcome> outcomes, long[] gas) {
    WindowUnits exact() {
      AccessHints.Builder hints = AccessHints.builder();
      for (Outcome outcome : outcomes) {
        hints.startUnit();
        UnitHints.addObserved(hints, outcome.reads(), outcome.writes(), HintSource.SIDECAR);
      }
      return new WindowUnits(units, gas, hints.build());
    }

    WindowUnits predicted(Templates templates) {
      AccessHints.Builder hints = AccessHints.builder();
      for (Unit unit : units) {
        hints.startUnit();
        UnitHints.addKnown(hints, unit);
        if (unit instanceof TransactionUnit transaction) {
          templates.addPredicted(hints, transaction, state);
        }
      }
      return new WindowUnits(units, gas, hints.build());
    }
  }

  /** Told of each window, before {@code templates} learn from it. */
  private interface Listener {
    void window(int number, Window window, Templates templates);
  }

  private void eachWindow(Listener listener) throws IOException {
    Chains.Chain chain = Chains.sample();
    OverlayState state = new OverlayState(chain.state());
    Templates templates = new Templates();
    for (int first = 0; first < chain.blocks().size(); first += WINDOW_BLOCKS) {
      int end = Math.min(first + WINDOW_BLOCKS, chain.blocks().size());
      List<Unit> units = new ArrayList<>();
      for (RealBlock block : chain.blocks().subList(first, end)) {
        units.addAll(block.units());
      }
      List<UnitObserver> observers = new ArrayList<>();
      Window window = execute(units, state, observers);
      listener.window(first / WINDOW_BLOCKS, window, templates);
      for (int i = 0; i < units.size(); i++) {
        Outcome outcome = window.outcomes().get(i);
        if (units.get(i) instanceof TransactionUnit transaction) {
          templates.learn(transaction, observers.get(i), outcome.reads(), outcome.writes());
        }
        state.apply(outcome.writes());
      }
    }
  }

  private Window execute(List<Unit> units, StateReader state, List<UnitObserver> observers) {
    OverlayState serial = new OverlayState(state);
    List<Outcome> outcomes = new ArrayList<>();
    long[] gas = new long[units.size()];
    for (int i = 0; i < gas.length; i++) {
      UnitObserver observer = new UnitObserver();
      Outcome outcome =
          executor.execute(serial, units.get(i), UnitExecutor.Mode.SPECULATIVE, observer);
      gas[i] = Math.max(1, new UnitRun(i, outcome, 0).gasUsed());
      observers.add(observer);
      outcomes.add(outcome);
      serial.apply(outcome.writes());
    }
    return new Window(units, state, outcomes, gas);
  }

  /** What executing a plan took, as shares of the window's gas. */
  private record Run(double makespan, double wasted) {}

  private Run run(Window window, PartitionPlan plan, int cores) {
    int[][] partitions = new int[plan.partitions()][];
    PriorityQueue<Long> ends = new PriorityQueue<>();
    long last = 0;
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = plan.partition(i);
      long start = ends.size() < cores ? 0 : ends.remove();
      ends.add(start + plan.cost(i));
      last = Math.max(last, start + plan.cost(i));
    }
    MergedWindow merged = runner.run(window.units(), partitions, window.state());
    double total = merged.gasUsed();
    long wasted = merged.statistics().wastedGas();
    return new Run((last + wasted) / total, wasted / total);
  }

  @Test
  void withExactHintsCuttingPaysWhereThePlanSaysSo() throws IOException {
    int[] claims = new int[1];
    eachWindow(
        (number, window, templates) -> {
          if (number % 2 == 1) {
            return;
          }
          WindowUnits units = window.exact();
          for (int cores : new int[] {2, 8, 32}) {
            PlanSettings settings = PlanSettings.forCores(cores);
            PartitionPlan plan = CLUSTERS.plan(units, settings);
            PartitionPlan uncut = CLUSTERS.plan(units, settings.withCutting(Cutting.OFF));
            Run run = run(window, plan, cores);
            double predicted = (double) plan.makespan() / units.totalCost();
            double without = (double) uncut.makespan() / units.totalCost();
            String where = "window " + number + " on " + cores + " cores";
            System.out.printf(
                "exact hints, %s: makespan uncut %.3f, predicted %.3f, executed %.3f; gas wasted"
                    + " predicted %.3f, executed %.3f%n",
                where,
                without,
                predicted,
                run.makespan(),
                (double) plan.rerunCost() / units.totalCost(),
                run.wasted());
            if (plan.makespan() < uncut.makespan()) {
              claims[0]++;
              Run uncutRun = run(window, uncut, cores);
              assertEquals(0, uncutRun.wasted(), where + ": re-runs without a cut");
              assertTrue(run.makespan() < uncutRun.makespan(), where + ": cutting did not pay");
            }
          }
        });
    System.out.println("cutting was claimed to pay " + claims[0] + " times");
    assertTrue(claims[0] >= 8, "too few cuts to judge by: " + claims[0]);
  }

  /** From the second window on: the first has nothing to learn from. */
  @Test
  void learnedHintsOnTwoCores() throws IOException {
    double[] sums = new double[4];
    eachWindow(
        (number, window, templates) -> {
          if (number == 0) {
            return;
          }
          WindowUnits units = window.predicted(templates);
          PartitionPlan plan = CLUSTERS.plan(units, PlanSettings.forCores(2));
          Run run = run(window, plan, 2);
          double predicted = (double) plan.makespan() / units.totalCost();
          System.out.printf(
              "learned hints, window %d on 2 cores: makespan predicted %.3f, executed %.3f;"
                  + " gas wasted predicted %.3f, executed %.3f%n",
              number,
              predicted,
              run.makespan(),
              (double) plan.rerunCost() / units.totalCost(),
              run.wasted());
          sums[0]++;
          sums[1] += predicted;
          sums[2] += run.makespan();
          sums[3] += run.wasted();
        });
    System.out.printf(
        "learned hints: makespan predicted %.3f, executed %.3f, gas wasted %.3f on average%n",
        sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[0]);
    assertTrue(sums[3] / sums[0] < 0.05, "gas wasted: " + sums[3] / sums[0]);
    assertTrue(sums[2] - sums[1] < 0.05 * sums[0], "executed " + sums[2] + " of " + sums[1]);
    assertTrue(sums[2] < sums[0], "no faster than one core: " + sums[2] / sums[0]);
  }
}
