package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.partitioner.learn.LearnedTrust;
import org.junit.jupiter.api.Test;

/** How often hints miss something is learned from windows that were parted. */
class LearnedTrustTest {
  private static final int UNITS = 1000;
  private static final long GAS = 1_000_000;

  private final LearnedTrust learned = new LearnedTrust();

  /**
   * @param everyNth unit is surprised; 0 for none
   */
  private void learn(HintSource source, int partitions, int everyNth) {
    Windows window = new Windows(UNITS);
    int[] partitionOf = new int[UNITS];
    long[] gas = new long[UNITS];
    boolean[] surprised = new boolean[UNITS];
    for (int unit = 0; unit < UNITS; unit++) {
      window.unit(GAS).code(unit, AccessMode.WRITE, source);
      partitionOf[unit] = unit % partitions;
      gas[unit] = GAS;
      surprised[unit] = everyNth > 0 && unit % everyNth == 0;
    }
    learned.learn(window.build().hints(), partitionOf, gas, surprised);
  }

  @Test
  void atFirstTheDefaultHolds() {
    assertEquals(HintTrust.DEFAULT, learned.trust());
  }

  @Test
  void windowsWithoutSurprisesMakePlansBolder() {
    for (int window = 0; window < 10; window++) {
      learn(HintSource.GUESS, 2, 0);
    }
    assertTrue(learned.trust().missedByGuess() < 0.05, () -> learned.trust().toString());
    assertEquals(0.1, learned.trust().missedByTemplate(), 1e-9);
  }

  /** In halves, a quarter of the window's gas ran elsewhere before a unit, on average. */
  @Test
  void surprisesAreCountedByWhatRanElsewhere() {
    for (int window = 0; window < 10; window++) {
      learn(HintSource.TEMPLATE, 2, 20);
    }
    assertEquals(0.05 / 0.25, learned.trust().missedByTemplate(), 0.01);
    assertEquals(1, learned.trust().missedByGuess(), 1e-9);
  }

  @Test
  void aWindowInOnePieceTeachesNothing() {
    learn(HintSource.TEMPLATE, 1, 0);
    assertEquals(HintTrust.DEFAULT.missedByTemplate(), learned.trust().missedByTemplate(), 1e-9);
  }
}
