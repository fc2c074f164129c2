package io.rekindle.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.WindowUnits;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/** What planning 100,000 units with 2 million touches takes, in memory and in time. */
class PlanningCostTest {
  private static final int ROUNDS = 3;
  private static final double MAX_BYTES_PER_TOUCH = 64;

  /**
   * Sorting as many random numbers takes 70 to 100 ns a number where planning may take 1,000 ns a
   * touch; compared within one run, so that it holds on any machine.
   */
  private static final double MAX_SORTS = 12;

  static {
    // Without it the heap tool cannot look into records.
    System.setProperty("jol.magicFieldOffset", "true");
  }

  private final Random random = new Random(1);
  private final PlanningWindow window = new PlanningWindow(0.5, 5);
  private AccessHints hints;
  private PartitionPlan plan;

  @Test
  void hintsAndPlanAreSmall() {
    plan();
    double held = perTouch(GraphLayout.parseInstance(hints, plan).totalSize());
    System.out.printf("planning holds %.1f bytes a touch%n", held);
    assertTrue(held <= MAX_BYTES_PER_TOUCH, held + " bytes a touch");
  }

  @Test
  void planningIsFast() {
    long sort = Long.MAX_VALUE;
    long planning = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long[] numbers = random.longs(PlanningWindow.TOUCHES).toArray();
      sort = Math.min(sort, CpuClock.time(() -> Arrays.sort(numbers)));
      planning = Math.min(planning, CpuClock.time(this::plan));
    }
    double sorts = (double) planning / sort;
    System.out.printf(
        "planning takes %.0f ns a touch, %.1f times sorting%n", perTouch(planning), sorts);
    assertTrue(sorts <= MAX_SORTS, "planning takes " + sorts + " times sorting");
  }

  /** From touches as values to a plan. */
  private void plan() {
    hints = window.hints();
    WindowUnits units = window.units(hints);
    plan = Partitioner.byName(Partitioner.DEFAULT).plan(units, PlanSettings.forCores(32));
  }

  private static double perTouch(long amount) {
    return (double) amount / PlanningWindow.TOUCHES;
  }
}
