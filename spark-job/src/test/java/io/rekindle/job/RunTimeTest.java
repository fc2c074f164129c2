package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.output.GroupManifest.Counts;
import org.junit.jupiter.api.Test;

/** Estimates of a run's time follow what an earlier run took. */
class RunTimeTest {
  private static final long GAS = 1_000_000_000;

  /** What Spark needs to start, whatever there is to do. */
  private static final double START = RunTime.by(Counts.NONE).seconds(0, 0, 1);

  private static RunTime after(long blocks, long gas, double coreSeconds) {
    return RunTime.by(new Counts(blocks, 0, gas, 0, 0, coreSeconds));
  }

  @Test
  void theSameAgainTakesAsLongAsItTook() {
    RunTime time = after(100, GAS, 80);
    assertEquals(START + 80, time.seconds(100, GAS, 1), 1e-9);
    assertEquals(START + 20, time.seconds(100, GAS, 4), 1e-9);
    assertEquals(START + 800, time.seconds(1000, 10 * GAS, 1), 1e-9);
  }

  /** Gas that is not there cannot tell what blocks cost; blocks then do. */
  @Test
  void emptyBlocksCountAsBlocks() {
    RunTime time = after(500, 0, 5);
    assertEquals(START + 10, time.seconds(1000, 0, 1), 1e-9);
    assertTrue(time.seconds(1000, GAS, 1) > START + 10);
  }

  @Test
  void theBasisIsNamed() {
    String measured = after(1234, GAS, 80).basis();
    assertEquals("by the 1,234 blocks in the tables, which took 80 core seconds", measured);
    assertTrue(RunTime.by(Counts.NONE).basis().contains("right within a factor of"));
  }

  @Test
  void rowsTakeAsLongAsTheRest() {
    double bare = RunTime.withoutTables().seconds(1000, 10 * GAS, 1) - START;
    double written = RunTime.by(Counts.NONE).seconds(1000, 10 * GAS, 1) - START;
    assertEquals(2.3, written / bare, 0.1);
    assertTrue(RunTime.withoutTables().basis().contains("without tables"));
  }
}
