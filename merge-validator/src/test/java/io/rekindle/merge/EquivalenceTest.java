package io.rekindle.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * The flagship test: whatever the plan, the merge gives what serial execution gives. Random
 * programs, random windows, adversarial plans. {@code -Drekindle.equivalence.cases=1000000} runs
 * longer.
 */
class EquivalenceTest {
  private static final int CASES = Integer.getInteger("rekindle.equivalence.cases", 10_000);

  @Test
  void mergeEqualsSerialForRandomWindowsAndPlans() {
    EquivalenceCase cases = new EquivalenceCase(outcome -> outcome);
    long units = 0;
    long reruns = 0;
    long roundUnits = 0;
    long whole = 0;
    for (long seed = 0; seed < CASES; seed++) {
      assertEquals("", cases.difference(seed), "seed " + seed);
      units += cases.statistics().units();
      reruns += cases.statistics().reruns();
      roundUnits += cases.statistics().roundUnits();
      whole += cases.statistics().acceptedWhole();
    }
    System.out.printf(
        "%d windows, %d units: %d re-run, %d handed back in rounds, %d partitions accepted whole%n",
        CASES, units, reruns, roundUnits, whole);
    assertTrue(reruns > CASES / 10, "the plans are not adversarial: " + reruns + " re-runs");
    assertTrue(roundUnits > CASES / 100, "rounds are hardly tested: " + roundUnits);
    assertTrue(whole > CASES / 10, "nothing is accepted whole: " + whole);
  }
}
