package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.conformance.Chains.Chain;
import io.rekindle.conformance.Chains.RealBlock;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.merge.MergeSettings;
import io.rekindle.merge.MergeValidator;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.PartitionExecutor;
import io.rekindle.merge.PartitionResult;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the merge costs where hints are exact and nothing conflicts: the CPU time of partitions with
 * their summaries and of the merge, beyond that of executing the same units serially. Medians of
 * interleaved repetitions on one thread.
 */
class ValidationCostTest {
  private static final int REPETITIONS = Integer.getInteger("rekindle.cost.repetitions", 15);

  /** Above what a noisy machine measures, far below what a merge that walks every unit takes. */
  private static final double BOUND = 0.25;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final UnitExecutor executor = new UnitExecutor(Engines.named(Engines.DEFAULT).get());
  private final PartitionExecutor partitions = new PartitionExecutor(executor);
  private final MergeValidator validator = new MergeValidator(executor, MergeSettings.DEFAULT);

  @Test
  void largeMainnetBlocksAndSampleWindows() throws IOException {
    List<Double> shares = new ArrayList<>();
    for (long number : new long[] {14_396_881, 15_537_394, 19_426_587}) {
      Chain chain = Chains.mainnet(number);
      shares.add(share(chain.name(), units(chain.blocks()), chain.state()));
    }
    Chain sample = Chains.sample();
    OverlayState state = new OverlayState(sample.state());
    for (RealBlock block : sample.blocks().subList(0, 200)) {
      block.units().forEach(unit -> state.apply(execute(state, unit).writes()));
    }
    shares.add(share("sample 201 to 250", units(sample.blocks().subList(200, 250)), state));
    double worst = shares.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    assertTrue(worst < BOUND, "validation takes " + worst + " of executing");
  }

  private double share(String name, List<Unit> units, StateReader state) {
    List<Outcome> observed = new ArrayList<>();
    OverlayState serial = new OverlayState(state);
    for (Unit unit : units) {
      Outcome outcome = execute(serial, unit);
      observed.add(outcome);
      serial.apply(outcome.writes());
    }
    int[][] plan = exactPlan(units, observed);
    long[] base = new long[REPETITIONS];
    long[] summaries = new long[REPETITIONS];
    long[] merges = new long[REPETITIONS];
    MergedWindow merged = null;
    for (int i = -REPETITIONS / 2; i < REPETITIONS; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int[] partition : plan) {
        partitions.executeAgain(partition, units, state, List.of());
      }
      long executed = THREADS.getCurrentThreadCpuTime();
      List<PartitionResult> results = new ArrayList<>();
      for (int p = 0; p < plan.length; p++) {
        results.add(partitions.execute(p, plan[p], units, state));
      }
      long summarised = THREADS.getCurrentThreadCpuTime();
      merged = validator.merge(units, state, results, null);
      long end = THREADS.getCurrentThreadCpuTime();
      if (i >= 0) {
        base[i] = executed - start;
        summaries[i] = summarised - executed - base[i];
        merges[i] = end - summarised;
      }
    }
    assertEquals(0, merged.statistics().reruns(), name);
    double execution = median(base);
    double share = (median(summaries) + median(merges)) / execution;
    System.out.printf(
        "%s: %d units in %d partitions, %d whole, %.1f ms executing; summaries %.2f %%, merge %.2f"
            + " %%, together %.2f %%%n",
        name,
        units.size(),
        plan.length,
        merged.statistics().acceptedWhole(),
        execution / 1e6,
        100 * median(summaries) / execution,
        100 * median(merges) / execution,
        100 * share);
    assertTrue(merged.statistics().acceptedWhole() > 0, name + ": nothing accepted whole");
    return share;
  }

  private Outcome execute(StateReader state, Unit unit) {
    return executor.execute(state, unit, UnitExecutor.Mode.EXACT);
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static int[][] exactPlan(List<Unit> units, List<Outcome> observed) {
    AccessHints.Builder hints = AccessHints.builder();
    long[] costs = new long[units.size()];
    for (int i = 0; i < costs.length; i++) {
      hints.startUnit();
      UnitHints.addObserved(
          hints, observed.get(i).reads(), observed.get(i).writes(), HintSource.SIDECAR);
      costs[i] = 1;
    }
    PlanSettings settings = PlanSettings.forCores(2).withCutting(PlanSettings.Cutting.OFF);
    PartitionPlan plan =
        Partitioner.byName("clusters").plan(new WindowUnits(units, costs, hints.build()), settings);
    List<int[]> partitions = new ArrayList<>();
    for (int i = 0; i < plan.partitions(); i++) {
      if (plan.partition(i).length > 0) {
        partitions.add(plan.partition(i));
      }
    }
    return partitions.toArray(int[][]::new);
  }

  private static List<Unit> units(List<RealBlock> blocks) {
    List<Unit> units = new ArrayList<>();
    blocks.forEach(block -> units.addAll(block.units()));
    return units;
  }
}
