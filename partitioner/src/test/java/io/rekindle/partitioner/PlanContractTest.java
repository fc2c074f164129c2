package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.word.Address;
import io.rekindle.partitioner.PlanSettings.Cutting;
import io.rekindle.partitioner.PlanSettings.Senders;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What every plan must hold, whatever the window, the strategy and the settings. */
class PlanContractTest {

  @Property(tries = 400)
  void everyStrategyKeepsTheContract(
      @ForAll("windows") WindowUnits window, @ForAll("settings") PlanSettings settings) {
    assertContract(window, settings);
  }

  private static void assertContract(WindowUnits window, PlanSettings settings) {
    for (String name : Partitioner.names()) {
      PartitionPlan plan = Partitioner.byName(name).plan(window, settings);
      assertPlacement(window, settings, plan);
      if (name.equals("versioned")) {
        assertContiguousRuns(plan);
      } else {
        KeyLevel level = name.equals("accounts") ? KeyLevel.ACCOUNT : settings.level();
        assertUncutKeysStayTogether(window, level, plan);
      }
      assertSame(plan, Partitioner.byName(name).plan(window, settings));
      assertSame(plan, Partitioner.byName(name).plan(rebuilt(window), settings));
    }
  }

  /** Units that start from their true pre-state share nothing: no key is cut, none runs again. */
  private static void assertContiguousRuns(PartitionPlan plan) {
    assertEquals(List.of(), plan.cutKeys());
    assertEquals(0, plan.rerunCost());
    for (int partition = 0; partition < plan.partitions(); partition++) {
      int[] units = plan.partition(partition);
      assertEquals(units.length - 1, units[units.length - 1] - units[0], "a run has a gap");
    }
  }

  /** An equal window of other objects: what a second driver would make. */
  private static WindowUnits rebuilt(WindowUnits window) {
    AccessHints.Builder hints = AccessHints.builder();
    for (int unit = 0; unit < window.size(); unit++) {
      hints.startUnit();
      for (AccessHints.AccessHint hint : window.hints().of(unit)) {
        StateKey key = hint.key();
        Address address = Address.of(0, key.address().limb1(), key.address().limb0());
        if (key.kind() == KeyKind.SLOT) {
          hints.addSlot(address, key.slot(), hint.mode(), hint.source());
        } else {
          hints.add(address, key.kind(), hint.mode(), hint.source());
        }
      }
    }
    return new WindowUnits(window.units(), window.costs().clone(), hints.build());
  }

  /** The windows at the edges of what there can be, by every strategy. */
  @Test
  void everyStrategyKeepsTheContractAtTheEdges() {
    Windows one = new Windows(1).unit(7).slot(1, 1, AccessMode.WRITE);
    Windows giant = new Windows(5);
    Windows conflicting = new Windows(5);
    Windows free = new Windows(5);
    for (int unit = 0; unit < 40; unit++) {
      giant.unit(10 + unit).slot(unit, 0, AccessMode.WRITE).slot(unit + 1, 0, AccessMode.WRITE);
      conflicting.unit(10 + unit).slot(1, 1, AccessMode.WRITE).balance(2, AccessMode.WRITE);
      free.unit(10 + unit).slot(1, unit, AccessMode.WRITE).slot(2, 2, AccessMode.READ);
    }
    List<WindowUnits> windows =
        List.of(
            new Windows(1).build(), one.build(), giant.build(), conflicting.build(), free.build());
    for (WindowUnits window : windows) {
      for (int cores : new int[] {1, 4, 1000}) {
        for (Cutting cutting : Cutting.values()) {
          assertContract(window, PlanSettings.forCores(cores).withCutting(cutting));
        }
      }
    }
  }

  private static void assertPlacement(
      WindowUnits window, PlanSettings settings, PartitionPlan plan) {
    Set<Integer> placed = new HashSet<>();
    assertTrue(plan.partitions() <= settings.partitions());
    for (int partition = 0; partition < plan.partitions(); partition++) {
      int[] units = plan.partition(partition);
      assertTrue(units.length > 0, "an empty partition");
      long cost = 0;
      for (int index = 0; index < units.length; index++) {
        assertTrue(index == 0 || units[index] > units[index - 1], "chain order");
        assertTrue(placed.add(units[index]), "placed twice");
        assertEquals(partition, plan.partitionOf(units[index]));
        cost += window.cost(units[index]);
      }
      assertEquals(cost, plan.cost(partition));
      assertTrue(partition == 0 || cost <= plan.cost(partition - 1), "most costly first");
    }
    assertEquals(window.size(), placed.size());
    assertEquals(window.size(), plan.units());
    if (!plan.strategy().equals("versioned") && !plan.strategy().equals("round-robin")) {
      Map<Integer, Integer> partitionOfCluster = new HashMap<>();
      for (int unit = 0; unit < window.size(); unit++) {
        int partition = plan.partitionOf(unit);
        Integer before = partitionOfCluster.put(plan.clusterOf(unit), partition);
        assertTrue(before == null || before == partition, "a cluster in two partitions");
      }
    }
  }

  /** By the definition, over maps: no graph, no union-find. */
  private static void assertUncutKeysStayTogether(
      WindowUnits window, KeyLevel level, PartitionPlan plan) {
    Map<StateKey, Map<Integer, AccessMode>> touches = new HashMap<>();
    for (int unit = 0; unit < window.size(); unit++) {
      for (AccessHints.AccessHint hint : window.hints().of(unit)) {
        StateKey key =
            level == KeyLevel.SLOT ? hint.key() : new StateKey(hint.key().address(), null, null);
        touches
            .computeIfAbsent(key, unseen -> new HashMap<>())
            .merge(unit, hint.mode(), AccessMode::and);
      }
    }
    Set<StateKey> cut = new HashSet<>();
    plan.cutKeys().forEach(key -> cut.add(key.key()));
    touches.forEach(
        (key, modes) -> {
          boolean written = modes.containsValue(AccessMode.WRITE);
          boolean read = modes.containsValue(AccessMode.READ);
          boolean changed = written || modes.containsValue(AccessMode.DELTA);
          if (!cut.contains(key) && (written || (read && changed))) {
            Set<Integer> partitions = new HashSet<>();
            modes.keySet().forEach(unit -> partitions.add(plan.partitionOf(unit)));
            assertEquals(1, partitions.size(), () -> key + " is in " + partitions);
          }
        });
  }

  private static void assertSame(PartitionPlan plan, PartitionPlan again) {
    assertEquals(plan.partitions(), again.partitions());
    for (int partition = 0; partition < plan.partitions(); partition++) {
      assertArrayEquals(plan.partition(partition), again.partition(partition));
    }
    for (int unit = 0; unit < plan.units(); unit++) {
      assertEquals(plan.clusterOf(unit), again.clusterOf(unit));
    }
    assertEquals(plan.cutKeys(), again.cutKeys());
    assertEquals(plan.makespan(), again.makespan());
  }

  @Property(tries = 200)
  void withoutCuttingNothingIsCutAndNothingReruns(
      @ForAll("windows") WindowUnits window, @ForAll @IntRange(min = 1, max = 16) int cores) {
    PlanSettings settings =
        PlanSettings.forCores(cores).withCutting(Cutting.OFF).withSenders(Senders.FREE);
    PartitionPlan plan = Partitioner.byName("clusters").plan(window, settings);
    assertEquals(List.of(), plan.cutKeys());
    assertEquals(0, plan.rerunCost());
  }

  @Test
  void anEmptyWindowHasNoPartitions() {
    WindowUnits empty = new Windows(1).build();
    for (String name : Partitioner.names()) {
      PartitionPlan plan = Partitioner.byName(name).plan(empty, PlanSettings.forCores(4));
      assertEquals(0, plan.partitions(), name);
      assertEquals(0, plan.makespan(), name);
    }
  }

  @Test
  void oneUnitHasOnePartition() {
    WindowUnits one = new Windows(1).unit(7).slot(1, 1, AccessMode.WRITE).build();
    for (String name : Partitioner.names()) {
      PartitionPlan plan = Partitioner.byName(name).plan(one, PlanSettings.forCores(4));
      assertEquals(1, plan.partitions(), name);
      assertEquals(7, plan.makespan(), name);
    }
  }

  @Test
  void unitsThatAllConflictShareAPartition() {
    Windows windows = new Windows(5);
    for (int unit = 0; unit < 50; unit++) {
      windows.unit(10).slot(1, 1, AccessMode.WRITE).slot(2, unit, AccessMode.WRITE);
    }
    PartitionPlan plan =
        Partitioner.byName("clusters").plan(windows.build(), PlanSettings.forCores(8));
    assertEquals(1, plan.partitions());
    assertEquals(500, plan.makespan());
  }

  @Test
  void unitsWithoutConflictSpreadEvenly() {
    Windows windows = new Windows(5);
    for (int unit = 0; unit < 48; unit++) {
      windows.unit(10).slot(1, unit, AccessMode.WRITE).balance(99, AccessMode.DELTA);
      windows.slot(7, 7, AccessMode.READ);
    }
    PartitionPlan plan =
        Partitioner.byName("clusters").plan(windows.build(), PlanSettings.forCores(8));
    assertEquals(24, plan.partitions());
    assertEquals(60, plan.makespan());
  }

  @Test
  void moreCoresThanUnitsLeaveNoEmptyPartition() {
    Windows windows = new Windows(1);
    for (int unit = 0; unit < 3; unit++) {
      windows.unit(5).slot(unit, 0, AccessMode.WRITE);
    }
    PartitionPlan plan =
        Partitioner.byName("clusters").plan(windows.build(), PlanSettings.forCores(1000));
    assertEquals(3, plan.partitions());
    assertEquals(5, plan.makespan());
  }

  @Test
  void aDeltaConflictsWithAnExactReadButNotWithADelta() {
    WindowUnits window =
        new Windows(1)
            .unit(1)
            .balance(1, AccessMode.DELTA)
            .unit(1)
            .balance(1, AccessMode.READ)
            .unit(1)
            .balance(2, AccessMode.DELTA)
            .unit(1)
            .balance(2, AccessMode.DELTA)
            .build();
    PartitionPlan plan =
        Partitioner.byName("clusters")
            .plan(window, PlanSettings.forCores(4).withCutting(Cutting.OFF));
    assertEquals(plan.clusterOf(0), plan.clusterOf(1));
    assertEquals(2, plan.clusterOf(3) - plan.clusterOf(0));
  }

  @Provide
  Arbitrary<WindowUnits> windows() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60),
            Arbitraries.integers().between(1, 40),
            Arbitraries.integers().between(1, 6),
            Arbitraries.longs())
        .as(PlanContractTest::randomWindow);
  }

  private static WindowUnits randomWindow(int units, int keys, int touches, long seed) {
    Random random = new Random(seed);
    Windows windows = new Windows(1 + random.nextInt(8));
    AccessMode[] modes = AccessMode.values();
    for (int unit = 0; unit < units; unit++) {
      windows.unit(1 + random.nextInt(random.nextInt(10) == 0 ? 1000 : 50));
      windows.nonce(100 + random.nextInt(20), AccessMode.DELTA).balance(50, AccessMode.DELTA);
      int count = random.nextInt(touches + 1);
      for (int touch = 0; touch < count; touch++) {
        int key = random.nextInt(1 + random.nextInt(keys));
        AccessMode mode = modes[random.nextInt(3)];
        if (random.nextInt(4) == 0) {
          windows.balance(key, mode);
        } else {
          windows.slot(key % 7, key, mode == AccessMode.DELTA ? AccessMode.READ : mode);
        }
      }
    }
    return windows.build();
  }

  @Provide
  Arbitrary<PlanSettings> settings() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 24),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(KeyLevel.values()),
            Arbitraries.of(Cutting.values()),
            Arbitraries.of(Senders.values()),
            Arbitraries.longs())
        .as(
            (cores, perCore, level, cutting, senders, seed) ->
                new PlanSettings(
                    cores, perCore, level, cutting, senders, HintTrust.DEFAULT, 0.5, seed));
  }
}
