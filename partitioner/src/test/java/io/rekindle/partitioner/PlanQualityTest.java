package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.partitioner.PlanSettings.Cutting;
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

  /**
   * The bound is no plan's own: {@link UncuttableChains} looks at the window alone. With one
   * partition a core, the longest partition is the longest core as well.
   */
  @Test
  void theLongestPartitionIsNearTheBound() {
    windows()
        .forEach(
            (name, window) -> {
              UncuttableChains chains = UncuttableChains.of(window);
              for (int cores : new int[] {2, 8, 32, 128}) {
                for (int perCore : new int[] {1, 3}) {
                  PlanSettings settings =
                      PlanSettings.forCores(cores).withPartitionsPerCore(perCore);
                  assertNearTheBound(name, window, chains, settings);
                }
              }
            });
  }

  private static void assertNearTheBound(
      String name, WindowUnits window, UncuttableChains chains, PlanSettings settings) {
    PartitionPlan plan = CLUSTERS.plan(window, settings);
    double share = (double) window.totalCost() / settings.cores();
    double bound = chains.bound(settings.cores());
    double ratio = plan.longestPartition() / bound;
    String where =
        String.format(
            "%s, %d cores, %d partitions each",
            name, settings.cores(), settings.partitionsPerCore());
    System.out.printf(
        "%-56s bound %7.3f shares, longest %.3f of it, re-runs %.3f, makespan %.3f of it%n",
        where,
        bound / share,
        ratio,
        (double) plan.rerunCost() / window.totalCost(),
        plan.makespan() / bound);
    assertTrue(ratio <= 1.1, () -> where + ": " + ratio);
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
        // The toy state mixes all that a unit reads into all that it writes.
        PlanSettings settings = PlanSettings.forCores(cores).withSpread(1);
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

  /**
   * Small windows against the best of all placements, found by executing every one of them. The
   * planner weighs keys one by one, so it may miss the best; it must be near it on the whole.
   */
  @Test
  void smallWindowsAreNearTheBestOfAllPlacements() {
    Random random = new Random(23);
    int cores = 3;
    int tries = 300;
    int best = 0;
    double sum = 0;
    for (int attempt = 0; attempt < tries; attempt++) {
      WindowUnits window = smallWindow(random);
      Simulation simulation = new Simulation(window);
      PlanSettings settings = PlanSettings.forCores(cores).withPartitionsPerCore(1).withSpread(1);
      long planned = simulation.run(CLUSTERS.plan(window, settings), cores).makespan();
      double ratio = (double) planned / bestMakespan(window, simulation, cores);
      sum += ratio;
      best += ratio == 1 ? 1 : 0;
    }
    System.out.printf(
        "small windows: %.3f of the best, the best %d of %d%n", sum / tries, best, tries);
    assertTrue(sum / tries <= 1.04, "on average at " + sum / tries + " of the best");
  }

  private static WindowUnits smallWindow(Random random) {
    Windows windows = new Windows(2);
    for (int unit = 0; unit < 7; unit++) {
      windows.unit(10 + random.nextInt(90));
      for (int touch = random.nextInt(3); touch >= 0; touch--) {
        AccessMode mode = random.nextBoolean() ? AccessMode.READ : AccessMode.WRITE;
        windows.slot(1, random.nextInt(5), mode);
      }
    }
    return windows.build();
  }

  private static long bestMakespan(WindowUnits window, Simulation simulation, int cores) {
    long best = Long.MAX_VALUE;
    int placements = (int) Math.pow(cores, window.size() - 1);
    for (int placement = 0; placement < placements; placement++) {
      // The first unit runs on the first core: the cores are all alike.
      int[] partitionOf = new int[window.size()];
      for (int unit = 1, digits = placement; unit < partitionOf.length; unit++, digits /= cores) {
        partitionOf[unit] = digits % cores;
      }
      Grouping grouping = new Grouping(partitionOf, partitionOf, cores, null);
      PlanSettings settings = PlanSettings.forCores(cores).withPartitionsPerCore(1);
      PartitionPlan plan = grouping.toPlan("any", window, settings);
      best = Math.min(best, simulation.run(plan, cores).makespan());
    }
    return best;
  }
}
