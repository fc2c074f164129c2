package io.rekindle.partitioner.learn;

import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.HintTrust;

/**
 * How often hints miss something, learned from merged windows: of the gas of units that could have
 * had an unforeseen conflict, what share had one. A unit could, as far as the window before it ran
 * in other partitions; so a window that was not parted teaches nothing. Old windows count less and
 * less, and before there are any, {@link HintTrust#DEFAULT} holds. Not safe for threads; the same
 * windows in the same order teach the same.
 */
public final class LearnedTrust {
  /** Gas that the trust of the beginning counts for. */
  private static final double PRIOR = 20e6;

  private static final double KEPT = 0.8;

  /** What was seen of the units of one kind, in gas. */
  private static final class Seen {
    private final double prior;
    private double exposed;
    private double missed;

    Seen(double prior) {
      this.prior = prior;
    }

    void fade() {
      exposed *= KEPT;
      missed *= KEPT;
    }

    double chance() {
      return Math.min(1, (prior * PRIOR + missed) / (PRIOR + exposed));
    }
  }

  private final Seen templates = new Seen(HintTrust.DEFAULT.missedByTemplate());
  private final Seen guesses = new Seen(HintTrust.DEFAULT.missedByGuess());

  /** What plans should believe of hints by now. */
  public HintTrust trust() {
    return HintTrust.DEFAULT.withMissed(templates.chance(), guesses.chance());
  }

  /**
   * Learns from a merged window.
   *
   * @param hints that its plan was made on
   * @param partitionOf each unit
   * @param gas that each unit used
   * @param surprised whether a unit was stale because of a key that no hint told of
   */
  public void learn(AccessHints hints, int[] partitionOf, long[] gas, boolean[] surprised) {
    templates.fade();
    guesses.fade();
    long total = 0;
    int partitions = 0;
    for (int unit = 0; unit < gas.length; unit++) {
      total += gas[unit];
      partitions = Math.max(partitions, partitionOf[unit] + 1);
    }
    long before = 0;
    long[] ownBefore = new long[partitions];
    for (int unit = 0; unit < gas.length; unit++) {
      HintSource weakest = hints.weakestSource(unit);
      if (weakest == HintSource.TEMPLATE || weakest == HintSource.GUESS) {
        Seen seen = weakest == HintSource.TEMPLATE ? templates : guesses;
        double elsewhere = (double) (before - ownBefore[partitionOf[unit]]) / Math.max(1, total);
        seen.exposed += elsewhere * gas[unit];
        seen.missed += surprised[unit] ? gas[unit] : 0;
      }
      before += gas[unit];
      ownBefore[partitionOf[unit]] += gas[unit];
    }
  }
}
