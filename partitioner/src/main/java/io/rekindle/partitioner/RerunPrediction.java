package io.rekindle.partitioner;

import java.util.Arrays;

/**
 * Which units the merge is expected to run again under a placement, and what that costs.
 *
 * <p>A partition sees the window's start and its own earlier units. So a unit is stale where it
 * reads a key that an earlier unit of another partition changes, or that an earlier unit of its own
 * partition has set to another value than it will have. Units are taken in chain order and given
 * the probability of being stale: the largest over their reads of the chance that both hints, the
 * reader's and a changer's, come true. A unit that is stale because of a key sets that key to
 * another value, so the chain that runs through it is stale from there on; what it sets other keys
 * to changes with the chance {@link PlanSettings#spread} alone.
 *
 * <p>Hints miss things. A unit known by a template or a guess may be stale because of a key that no
 * hint tells of: the more likely, the more of the window before it ran in other partitions ({@link
 * HintTrust#missedBy}).
 */
final class RerunPrediction {
  static final RerunPrediction NONE = new RerunPrediction(0, new long[0]);

  private static final int NOBODY = -1;
  private static final int SEVERAL = -2;

  private final long cost;
  private final long[] keyCosts;

  private RerunPrediction(long cost, long[] keyCosts) {
    this.cost = cost;
    this.keyCosts = keyCosts;
  }

  /** Predicted cost of all re-runs. */
  long cost() {
    return cost;
  }

  /** Predicted cost of the units that are stale because of this key, among others. */
  long costOfKey(int key) {
    return keyCosts[key];
  }

  static RerunPrediction of(
      ConflictGraph graph, WindowUnits window, int[] partitionOf, PlanSettings settings) {
    return new Run(graph, window, partitionOf, settings).predict();
  }

  /** The state of one prediction: what is known of each key at the unit that is looked at. */
  private static final class Run {
    private final ConflictGraph graph;
    private final WindowUnits window;
    private final int[] partitionOf;
    private final float[] trustOf = new float[AccessHints.SOURCES.length];
    private final float spread;
    private final int[] changedBy;
    private final float[] changedSurely;
    private final float[] staleValue;

    /** By touch: how likely its unit is stale because of its key. */
    private final float[] staleBy;

    private final long[] keyCosts;
    private final double[] missedBy = new double[AccessHints.SOURCES.length];

    Run(ConflictGraph graph, WindowUnits window, int[] partitionOf, PlanSettings settings) {
      this.graph = graph;
      this.window = window;
      this.partitionOf = partitionOf;
      for (HintSource source : AccessHints.SOURCES) {
        trustOf[source.code()] = (float) settings.trust().of(source);
        missedBy[source.code()] = settings.trust().missedBy(source);
      }
      spread = (float) settings.spread();
      changedBy = new int[graph.keys()];
      changedSurely = new float[graph.keys()];
      staleValue = new float[graph.keys()];
      staleBy = new float[graph.touches()];
      keyCosts = new long[graph.keys()];
    }

    RerunPrediction predict() {
      Arrays.fill(changedBy, NOBODY);
      double sum = 0;
      long total = window.totalCost();
      long before = 0;
      long[] ownBefore = new long[1 + Arrays.stream(partitionOf).max().orElse(0)];
      for (int unit = 0; unit < window.size(); unit++) {
        double elsewhere = (double) (before - ownBefore[partitionOf[unit]]) / total;
        float stale = (float) (elsewhere * missedBy[graph.weakestSource(unit).code()]);
        before += window.cost(unit);
        ownBefore[partitionOf[unit]] += window.cost(unit);
        for (int at = graph.unitBegin(unit); at < graph.unitEnd(unit); at++) {
          staleBy[at] = staleThrough(at, unit);
          stale = Math.max(stale, staleBy[at]);
        }
        sum += (double) stale * window.cost(unit);
        for (int at = graph.unitBegin(unit); at < graph.unitEnd(unit); at++) {
          noteChange(at, unit, staleBy[at], staleBy[at] < stale ? spread * stale : 0);
        }
      }
      return new RerunPrediction(Math.round(sum), keyCosts);
    }

    private float staleThrough(int touch, int unit) {
      int key = graph.unitKey(touch);
      if (graph.isSoft(key) || changedBy[key] == NOBODY || !graph.unitMode(touch).reads()) {
        return 0;
      }
      boolean foreign = changedBy[key] != partitionOf[unit];
      float chance = foreign ? changedSurely[key] : staleValue[key];
      float stale = chance * trustOf[graph.unitSource(touch).code()];
      keyCosts[key] += Math.round((double) stale * window.cost(unit));
      return stale;
    }

    /**
     * @param through how likely the unit is stale because of this key, and so sets another value
     * @param across how likely it is stale because of another key, and sets another value here
     */
    private void noteChange(int touch, int unit, float through, float across) {
      int key = graph.unitKey(touch);
      if (!graph.unitMode(touch).changes()) {
        return;
      }
      int partition = partitionOf[unit];
      if (changedBy[key] == NOBODY) {
        changedBy[key] = partition;
      } else if (changedBy[key] != partition) {
        changedBy[key] = SEVERAL;
      }
      float trust = trustOf[graph.unitSource(touch).code()];
      changedSurely[key] += (1 - changedSurely[key]) * trust;
      float differs = Math.max(staleValue[key], trust * through);
      staleValue[key] = differs + (1 - differs) * trust * across;
    }
  }
}
