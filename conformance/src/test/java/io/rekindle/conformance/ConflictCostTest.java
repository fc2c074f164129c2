package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.conformance.Chains.Chain;
import io.rekindle.conformance.Chains.RealBlock;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.merge.Conflict;
import io.rekindle.merge.MergeSettings;
import io.rekindle.merge.MergeValidator;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.SummaryCost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a window costs of which a tenth of the gas conflicts: executing all partitions, summaries,
 * the merge, and executing stale units again, against serial execution of the same units. Units are
 * moved to a partition of their own, one after another, until a tenth of the gas is wasted.
 */
class ConflictCostTest {
  private static final int REPETITIONS = Integer.getInteger("rekindle.cost.repetitions", 40);
  private static final double LEAST = 0.095;
  private static final double MOST = 0.105;
  private static final int MERGES = 20;

  /** The target is 1.15; 1.10 to 1.13 was measured on a busy machine, to which this leaves room. */
  private static final double BOUND = 1.18;

  private final UnitExecutor executor = new UnitExecutor(Engines.named(Engines.DEFAULT).get());
  private final MergeValidator validator = new MergeValidator(executor, MergeSettings.DEFAULT);

  @Test
  void largeMainnetBlock() throws IOException {
    Chain chain = Chains.mainnet(15_537_394);
    assertCost(chain.name(), units(chain.blocks()), chain.state());
  }

  @Test
  void tenBlocksOfTheSample() throws IOException {
    Chain sample = Chains.sample();
    OverlayState state = new OverlayState(sample.state());
    for (RealBlock block : sample.blocks().subList(0, 200)) {
      for (Unit unit : block.units()) {
        state.apply(executor.execute(state, unit, UnitExecutor.Mode.EXACT).writes());
      }
    }
    assertCost("sample 201 to 210", units(sample.blocks().subList(200, 210)), state);
  }

  private void assertCost(String name, List<Unit> units, StateReader state) {
    int[][] plan = conflictingPlan(units, state);
    int[][] inOrder = {IntStream.range(0, units.size()).toArray()};
    SummaryCost serial = new SummaryCost(executor, units.size());
    SummaryCost partitioned = new SummaryCost(executor, units.size());
    long[] reruns = new long[units.size()];
    long merge = Long.MAX_VALUE;
    MergedWindow merged = null;
    for (int i = 0; i < REPETITIONS; i++) {
      execute(serial, inOrder, units, state);
      List<PartitionResult> results = execute(partitioned, plan, units, state);
      for (int m = 0; m < MERGES; m++) {
        merged = validator.merge(units, state, results, null);
        merge = Math.min(merge, merged.statistics().validationNanos());
        for (Conflict conflict : merged.conflicts()) {
          int unit = conflict.unit();
          long nanos = merged.runs().get(unit).nanos();
          reruns[unit] = reruns[unit] == 0 ? nanos : Math.min(reruns[unit], nanos);
        }
      }
    }
    double again = Arrays.stream(reruns).sum();
    double execution = partitioned.executionNanos() + partitioned.summaryNanos();
    double ratio = (execution + merge + again) / serial.executionNanos();
    System.out.printf(
        "%s: %.1f %% of gas wasted, %d of %d units re-run; of serial execution: partitions %.3f,"
            + " merge %.3f, re-runs %.3f, together %.3f%n",
        name,
        100 * wasted(merged),
        merged.statistics().reruns(),
        units.size(),
        execution / serial.executionNanos(),
        (double) merge / serial.executionNanos(),
        again / serial.executionNanos(),
        ratio);
    assertTrue(ratio <= BOUND, name + ": " + ratio + " times serial execution");
  }

  private static List<PartitionResult> execute(
      SummaryCost cost, int[][] plan, List<Unit> units, StateReader state) {
    List<PartitionResult> results = new ArrayList<>();
    for (int p = 0; p < plan.length; p++) {
      results.add(cost.execute(p, plan[p], units, state));
    }
    return results;
  }

  /** All units in order in one partition, but for those moved to a second. */
  private int[][] conflictingPlan(List<Unit> units, StateReader state) {
    Random random = new Random(1);
    Set<Integer> moved = new HashSet<>();
    int step = Math.max(1, units.size() / 64);
    for (int attempt = 0; attempt < 500; attempt++) {
      Set<Integer> more = new HashSet<>(moved);
      for (int i = 0; i < step; i++) {
        more.add(random.nextInt(units.size()));
      }
      double wasted = wasted(split(units.size(), more), units, state);
      if (wasted <= MOST) {
        moved = more;
      } else {
        step = Math.max(1, step / 2);
      }
      if (wasted >= LEAST && wasted <= MOST) {
        return split(units.size(), moved);
      }
    }
    throw new AssertionError("no plan wastes a tenth of the gas");
  }

  private double wasted(int[][] plan, List<Unit> units, StateReader state) {
    SummaryCost cost = new SummaryCost(executor, units.size());
    return wasted(validator.merge(units, state, execute(cost, plan, units, state), null));
  }

  private static double wasted(MergedWindow merged) {
    return (double) merged.statistics().wastedGas() / merged.gasUsed();
  }

  private static int[][] split(int units, Set<Integer> moved) {
    return new int[][] {
      IntStream.range(0, units).filter(unit -> !moved.contains(unit)).toArray(),
      moved.stream().mapToInt(Integer::intValue).sorted().toArray()
    };
  }

  private static List<Unit> units(List<RealBlock> blocks) {
    List<Unit> units = new ArrayList<>();
    blocks.forEach(block -> units.addAll(block.units()));
    return units;
  }
}
