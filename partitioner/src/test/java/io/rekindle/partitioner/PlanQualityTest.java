package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.partitioner.PlanSettings.Cutting;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How good plans are on windows of known shapes, with exact hints. */
class PlanQualityTest {
  private static final Partitioner CLUSTERS = Partitioner.byName("clusters");

  static Map<String, WindowUnits> windows() {
    Map<String, WindowUnits> windows = new LinkedHashMap<>();
    windows.put("power law, no shared slot", GeneratedWindows.powerLaw(7500, 400, 0, 1));
    windows.put("power law, few shared", GeneratedWindows.powerLaw(7500, 400, 0.02, 2));
    windows.put("power law, many shared", GeneratedWindows.powerLaw(7500, 400, 0.5, 3));
    windows.put("40 chains", GeneratedWindows.chains(3000, 40, 4));
    windows.put("1000 chains", GeneratedWindows.chains(3000, 1000, 5));
    windows.put("1 chain", GeneratedWindows.chains(1000, 1, 6));
    windows.put("10 stars", GeneratedWindows.stars(3000, 10, 7));
    windows.put("100 cliques, 60 bridges", GeneratedWindows.cliques(3000, 100, 60, 8));
    windows.put("30 cliques, 300 bridges", GeneratedWindows.cliques(3000, 30, 300, 9));
    return windows;
  }

  @Test
  void theLongestPartitionIsNearTheBound() {
    windows()
        .forEach(
            (name, window) -> {
              for (int cores : new int[] {2, 8, 32, 128}) {
                PlanSettings settings = PlanSettings.forCores(cores);
                PartitionPlan plan = CLUSTERS.plan(window, settings);
                double share = (double) window.totalCost() / cores;
                double bound = Math.max(share, (double) largestCluster(window, plan));
                double ratio = plan.longestPartition() / bound;
                System.out.printf(
                    "%-28s %4d cores: longest %.3f of the bound, re-runs %.3f, makespan %.3f%n",
                    name,
                    cores,
                    ratio,
                    (double) plan.rerunCost() / window.totalCost(),
                    plan.makespan() / bound);
                assertTrue(ratio <= 1.1, () -> name + " on " + cores + " cores: " + ratio);
              }
            });
  }

  private static long largestCluster(WindowUnits window, PartitionPlan plan) {
    Map<Integer, Long> costs = new HashMap<>();
    for (int unit = 0; unit < window.size(); unit++) {
      costs.merge(plan.clusterOf(unit), window.cost(unit), Long::sum);
    }
    return Collections.max(costs.values());
  }

  /** Groups that only few late units connect: the best plan is known to the generator. */
  @Test
  void aWeakLinkBetweenGroupsIsFoundAndCut() {
    for (int cores : new int[] {4, 8, 16}) {
      WindowUnits window = GeneratedWindows.weaklyLinked(3000, 16, 11);
      PlanSettings settings = PlanSettings.forCores(cores);
      PartitionPlan uncut = CLUSTERS.plan(window, settings.withCutting(Cutting.OFF));
      assertEquals(1, uncut.partitions());
      PartitionPlan plan = CLUSTERS.plan(window, settings);
      double share = (double) window.totalCost() / cores;
      double ratio = new Simulation(window).run(plan, cores).makespan() / share;
      System.out.printf("weakly linked on %d cores: executed in %.3f shares%n", cores, ratio);
      assertTrue(ratio <= 1.6, () -> "executed in " + ratio + " shares");
    }
  }

  @Test
  void executingShowsThatCuttingPaysWhereThePlanSaysSo() {
    Map<String, WindowUnits> windows = windows();
    Random random = new Random(17);
    for (int extra = 0; extra < 30; extra++) {
      windows.put(
          "random " + extra,
          GeneratedWindows.cliques(
              200 + random.nextInt(400),
              5 + random.nextInt(40),
              random.nextInt(40),
              random.nextLong()));
    }
    int claimed = 0;
    for (Map.Entry<String, WindowUnits> entry : windows.entrySet()) {
      WindowUnits window = entry.getValue();
      Simulation simulation = new Simulation(window);
      Map<StateKey, Long> serial = simulation.serial();
      for (int cores : new int[] {4, 16, 64}) {
        PlanSettings settings = PlanSettings.forCores(cores);
        PartitionPlan cut = CLUSTERS.plan(window, settings);
        PartitionPlan uncut = CLUSTERS.plan(window, settings.withCutting(Cutting.OFF));
        Simulation.Result cutRun = simulation.run(cut, cores);
        Simulation.Result uncutRun = simulation.run(uncut, cores);
        assertEquals(serial, cutRun.state());
        assertEquals(0, uncutRun.rerunCost());
        assertEquals(uncut.makespan(), uncutRun.makespan());
        String where = entry.getKey() + " on " + cores + " cores";
        assertTrue(cutRun.rerunCost() <= cut.rerunCost(), () -> where + ": unforeseen re-runs");
        if (cut.makespan() < uncut.makespan()) {
          claimed++;
          assertTrue(cutRun.makespan() < uncutRun.makespan(), where);
        }
      }
    }
    System.out.println("cutting was claimed to pay " + claimed + " times");
    assertTrue(claimed >= 20, "too few cuts to judge by: " + claimed);
  }
}
