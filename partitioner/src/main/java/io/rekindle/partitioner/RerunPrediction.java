package io.rekindle.partitioner;

import java.util.Arrays;

/**
 * Which units the merge is expected to run again under a placement, and what that costs.
 *
 * <p>A partition sees the window's start and its own earlier units. So a unit is stale where it
 * reads a key that an earlier unit of another partition changes, or that an earlier unit of its own
 * partition has set though that one is stale itself. Units are taken in chain order and given the
 * probability of being stale: the largest over their reads of the chance that both hints, the
 * reader's and the changer's, come true. Values that are changed to what they were before count as
 * changed, so this errs on the side of re-runs.
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
      ConflictGraph graph, WindowUnits window, int[] partitionOf, HintTrust trust) {
    return new Run(graph, window, partitionOf, trust).predict();
  }

  /** The state of one prediction: what is known of each key at the unit that is looked at. */
  private static final class Run {
    private final ConflictGraph graph;
    private final WindowUnits window;
    private final int[] partitionOf;
    private final float[] trustOf = new float[AccessHints.SOURCES.length];
    private final int[] changedBy;
    private final float[] changedSurely;
    private final float[] staleValue;
    private final float[] staleUnit;
    private final long[] keyCosts;

    Run(ConflictGraph graph, WindowUnits window, int[] partitionOf, HintTrust trust) {
      this.graph = graph;
      this.window = window;
      this.partitionOf = partitionOf;
      for (HintSource source : AccessHints.SOURCES) {
        trustOf[source.code()] = (float) trust.of(source);
      }
      changedBy = new int[graph.keys()];
      changedSurely = new float[graph.keys()];
      staleValue = new float[graph.keys()];
      staleUnit = new float[window.size()];
      keyCosts = new long[graph.keys()];
    }

    RerunPrediction predict() {
      Arrays.fill(changedBy, NOBODY);
      double sum = 0;
      for (int unit = 0; unit < window.size(); unit++) {
        float stale = 0;
        for (int at = graph.unitBegin(unit); at < graph.unitEnd(unit); at++) {
          stale = Math.max(stale, staleThrough(at, unit));
        }
        staleUnit[unit] = stale;
        sum += (double) stale * window.cost(unit);
        for (int at = graph.unitBegin(unit); at < graph.unitEnd(unit); at++) {
          noteChange(at, unit);
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

    private void noteChange(int touch, int unit) {
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
      changedSurely[key] = Math.max(changedSurely[key], trust);
      staleValue[key] = Math.max(staleValue[key], trust * staleUnit[unit]);
    }
  }
}
