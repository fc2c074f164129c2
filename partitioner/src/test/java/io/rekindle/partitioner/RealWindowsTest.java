package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.partitioner.PlanSettings.Cutting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans with exact hints for real units, executed to see whether they keep what they promise. */
class RealWindowsTest {
  private static final Partitioner CLUSTERS = Partitioner.byName("clusters");

  /** The longest partition may be this much longer than what no plan can go below. */
  private static final double NEAR = 1.1;

  private int claims;

  @Test
  void mainnetBlocks() {
    double worst = 0;
    for (MainnetBlocks.Case block : MainnetBlocks.all()) {
      ExecutedWindow window = ExecutedWindow.run(block.state(), block.units());
      worst = Math.max(worst, check("block " + block.number(), window, 4));
      worst = Math.max(worst, check("block " + block.number(), window, 16));
    }
    System.out.printf("mainnet: longest at most %.3f, cut %d times%n", worst, claims);
  }

  @Test
  void windowsOfFiftyBlocksOfTheSampleChain() {
    SampleChain chain = SampleChain.read(400);
    OverlayState state = chain.state();
    double worst = 0;
    for (int first = 0; first + 50 <= chain.blocks().size(); first += 50) {
      List<Unit> units = new ArrayList<>();
      chain.blocks().subList(first, first + 50).forEach(units::addAll);
      ExecutedWindow window = ExecutedWindow.run(state, units);
      for (int cores : first % 150 == 0 ? new int[] {8, 32} : new int[] {}) {
        worst = Math.max(worst, check(name(first), window, cores));
      }
      if (first == 0) {
        PlanSettings settings = PlanSettings.forCores(8);
        PartitionPlan plan = CLUSTERS.plan(window.exact(), settings);
        checkReport(PlanReport.of(window.exact(), settings, plan, null));
      }
      for (Outcome outcome : window.outcomes()) {
        state.apply(outcome.writes());
      }
    }
    System.out.printf("sample chain: longest at most %.3f, cut %d times%n", worst, claims);
  }

  /** What must be so of any window that conflicts at all. */
  private static void checkReport(PlanReport report) {
    for (PlanReport.LevelReport level : List.of(report.slots(), report.accounts())) {
      System.out.printf(
          "by %s: %d clusters, largest %.3f, critical path %.3f%n",
          level.level(),
          level.clusters(),
          (double) level.largestCluster() / report.totalCost(),
          (double) level.criticalPath() / report.totalCost());
      assertEquals(11, level.scales().size());
      assertEquals(report.totalCost(), level.scales().get(0).makespan());
      assertTrue(level.criticalPath() <= level.largestCluster());
      for (PlanReport.Scale scale : level.scales()) {
        assertTrue(scale.makespan() <= scale.uncutMakespan(), scale::toString);
        assertTrue(scale.uncutMakespan() >= level.largestCluster(), scale::toString);
        assertTrue(scale.efficiency() > 0 && scale.efficiency() <= 1, scale::toString);
      }
    }
    assertTrue(report.accounts().clusters() <= report.slots().clusters());
    assertTrue(report.accounts().largestCluster() >= report.slots().largestCluster());
  }

  private static String name(int first) {
    return "blocks " + (first + 1) + " to " + (first + 50);
  }

  /** Answers the longest partition as a multiple of the bound. */
  private double check(String name, ExecutedWindow executed, int cores) {
    WindowUnits window = executed.exact();
    PlanSettings settings = PlanSettings.forCores(cores);
    PartitionPlan plan = CLUSTERS.plan(window, settings);
    PartitionPlan uncut = CLUSTERS.plan(window, settings.withCutting(Cutting.OFF));
    double share = (double) window.totalCost() / cores;
    double bound = UncuttableChains.of(window).bound(cores);
    double ratio = plan.longestPartition() / bound;
    String where = name + " on " + cores + " cores";
    PlanExecution.Result run = PlanExecution.run(executed, plan, cores);
    System.out.printf(
        "%-26s %5d units, longest %.3f of the bound, which is %.3f shares; makespan in shares:"
            + " uncut %.3f, predicted %.3f, executed %.3f;"
            + " re-runs %.4f, %.4f%n",
        where,
        window.size(),
        ratio,
        bound / share,
        uncut.makespan() / share,
        plan.makespan() / share,
        run.makespan() / share,
        (double) plan.rerunCost() / window.totalCost(),
        (double) run.rerunGas() / window.totalCost());
    assertTrue(ratio <= NEAR, () -> where + ": longest partition at " + ratio);
    if (plan.makespan() < uncut.makespan()) {
      claims++;
      PlanExecution.Result uncutRun = PlanExecution.run(executed, uncut, cores);
      assertTrue(run.makespan() < uncutRun.makespan(), () -> where + ": cutting did not pay");
    } else {
      assertEquals(0, run.rerunGas(), () -> where + ": re-runs without a cut");
    }
    return ratio;
  }
}
