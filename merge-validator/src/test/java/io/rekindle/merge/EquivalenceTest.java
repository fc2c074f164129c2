package io.rekindle.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * The flagship test: whatever the plan, the merge gives what serial execution gives. Random
 * programs, random windows, adversarial plans. The profile {@code equivalence-long} runs a million
 * windows, {@code -Drekindle.equivalence.cases=N} as many as wanted.
 */
class EquivalenceTest {
  private static final int CASES = Integer.getInteger("rekindle.equivalence.cases", 10_000);

  @Test
  void mergeEqualsSerialForRandomWindowsAndPlans() {
    EquivalenceCase cases = new EquivalenceCase(outcome -> outcome);
    Census census = new Census();
    long units = 0;
    long reruns = 0;
    long roundUnits = 0;
    long whole = 0;
    for (long seed = 0; seed < CASES; seed++) {
      EquivalenceCase.Run run = cases.run(seed);
      assertEquals("", WindowComparison.everything(run), "seed " + seed);
      census.add(run);
      if (seed > 0 && seed % 100_000 == 0) {
        System.out.println(seed + " windows");
      }
      MergeStatistics statistics = run.merged().statistics();
      units += statistics.units();
      reruns += statistics.reruns();
      roundUnits += statistics.roundUnits();
      whole += statistics.acceptedWhole();
    }
    System.out.printf(
        "%d windows, %d units: %d re-run, %d handed back in rounds, %d partitions accepted whole%n",
        CASES, units, reruns, roundUnits, whole);
    System.out.println("windows in which each situation came about: " + census.windows());
    census
        .windows()
        .forEach((situation, count) -> assertTrue(count > CASES / 1000, situation + ": " + count));
    assertTrue(reruns > CASES / 10, "the plans are not adversarial: " + reruns + " re-runs");
    assertTrue(roundUnits > CASES / 100, "rounds are hardly tested: " + roundUnits);
    assertTrue(whole > CASES / 10, "nothing is accepted whole: " + whole);
  }

  @Test
  void unitsThatRanOnTheirTrueStatesAreTakenAsTheyAre() {
    EquivalenceCase cases = new EquivalenceCase(outcome -> outcome);
    for (long seed = 0; seed < CASES / 10; seed++) {
      EquivalenceCase.Run run = cases.runAlone(seed, true);
      assertEquals("", WindowComparison.everything(run), "seed " + seed);
      // An invalid unit is executed again, to be sure.
      int invalid = run.merged().invalidUnit() < 0 ? 0 : 1;
      assertTrue(run.merged().statistics().reruns() <= invalid, "seed " + seed);
    }
  }

  @Test
  void unitsThatRanOnWrongStatesRunAgain() {
    EquivalenceCase cases = new EquivalenceCase(outcome -> outcome);
    long reruns = 0;
    for (long seed = 0; seed < CASES / 10; seed++) {
      EquivalenceCase.Run run = cases.runAlone(seed, false);
      assertEquals("", WindowComparison.everything(run), "seed " + seed);
      reruns += run.merged().statistics().reruns();
    }
    assertTrue(reruns > CASES / 40, "the states are not wrong: " + reruns + " re-runs");
  }
}
