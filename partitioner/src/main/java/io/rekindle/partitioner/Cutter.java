package io.rekindle.partitioner;

import java.util.Arrays;

/**
 * Cuts clusters that are too long for the cores at hand.
 *
 * <p>Cutting a key means that some units that read it run in another partition than those that
 * change it before them; they are predicted to be run again. What is sought is the least makespan:
 * longest partition and re-runs together. Finding it is a form of hypergraph partitioning and
 * NP-hard, so it is approached as Kruskal's algorithm builds a spanning forest: keys are taken by
 * falling price of being cut, and each joins its units unless the cluster would then exceed a cap.
 * A key that cannot be kept whole is split in time: the units before its first change go free, for
 * they see the same value anywhere, and those after it join neighbours in chain order up to the
 * cap. This is done for a row of caps, from a core's fair share upwards, and the best plan wins; it
 * must be better than no cut by more than {@link #MARGIN}, since predictions err.
 */
final class Cutter {
  /** A plan with cuts has to be this much shorter than the plan without. */
  private static final double MARGIN = 0.02;

  private static final double STEP = 2;

  private final ConflictGraph graph;
  private final WindowUnits window;
  private final PlanSettings settings;
  private final double[] trust = new double[AccessHints.SOURCES.length];

  /** The share of touches that are not observations, 0..1. */
  private final double doubt;

  private final int[] seenRoot;
  private int seenMark;

  private Grouping best;
  private long bestWeight;
  private double bestCap;

  Cutter(ConflictGraph graph, WindowUnits window, PlanSettings settings) {
    this.graph = graph;
    this.window = window;
    this.settings = settings;
    for (HintSource source : AccessHints.SOURCES) {
      trust[source.code()] = settings.trust().of(source);
    }
    seenRoot = new int[window.size()];
    doubt = doubt(graph);
  }

  private static double doubt(ConflictGraph graph) {
    int guessed = 0;
    for (int touch = 0; touch < graph.touches(); touch++) {
      guessed += graph.source(touch) == HintSource.SIDECAR ? 0 : 1;
    }
    return (double) guessed / Math.max(1, graph.touches());
  }

  /** The best grouping found, given the one without cuts and its sets. */
  Grouping cut(UnionFind whole, Grouping uncut) {
    long largestUnit = 0;
    for (int unit = 0; unit < window.size(); unit++) {
      largestUnit = Math.max(largestUnit, window.cost(unit));
    }
    double share = (double) window.totalCost() / settings.cores();
    double bound = Math.max(share, (double) largestUnit);
    best = uncut;
    bestWeight = weigh(uncut);
    if (bestWeight <= bound * (1 + MARGIN)) {
      return uncut;
    }
    bestWeight = (long) (bestWeight * (1 - MARGIN));
    double lowest = bound / 2;
    UnionFind settled = new UnionFind(window.costs());
    int[] contested = settle(whole, settled, (long) lowest);
    double highest = whole.largestCost();
    for (double cap = lowest; cap < highest; cap *= STEP) {
      attempt(settled, contested, cap);
    }
    double hottest = hottestKey(contested);
    for (double cap = hottest; cap < highest && cap < 1.3 * hottest; cap *= 1.1) {
      // Just enough to keep the longest chain over one key whole.
      attempt(settled, contested, cap);
    }
    if (bestCap > 0) {
      double around = bestCap;
      attempt(settled, contested, around / Math.sqrt(STEP));
      attempt(settled, contested, around * Math.sqrt(STEP));
    }
    return best;
  }

  /**
   * Joins the units of every key in clusters that are short enough for any cap, and answers the
   * other keys by falling price of a cut.
   */
  private int[] settle(UnionFind whole, UnionFind settled, long lowestCap) {
    int[] contested = new int[graph.keys()];
    int count = 0;
    for (int key = 0; key < graph.keys(); key++) {
      int first = graph.unit(graph.begin(key));
      if (whole.cost(whole.find(first)) > lowestCap) {
        contested[count++] = key;
      } else {
        join(settled, key);
      }
    }
    int[] order = Arrays.copyOf(contested, count);
    double[] prices = new double[graph.keys()];
    for (int key : order) {
      prices[key] = price(key);
    }
    IntSort.sort(order, (a, b) -> Double.compare(prices[b], prices[a]));
    return order;
  }

  /** Cost of the units that touch a key, for the key where that is most. */
  private double hottestKey(int[] keys) {
    long most = 0;
    for (int key : keys) {
      long sum = 0;
      for (int touch = graph.begin(key); touch < graph.end(key); touch++) {
        sum += window.cost(graph.unit(touch));
      }
      most = Math.max(most, graph.isSoft(key) ? 0 : sum);
    }
    return Math.max(1, most);
  }

  /** Expected cost of the units that read the key after it was first changed. */
  private double price(int key) {
    if (graph.isSoft(key)) {
      return 0;
    }
    double changed = 0;
    double sum = 0;
    for (int touch = graph.begin(key); touch < graph.end(key); touch++) {
      double likely = trust[graph.source(touch).code()];
      if (graph.mode(touch).reads()) {
        sum += changed * likely * window.cost(graph.unit(touch));
      }
      if (graph.mode(touch).changes()) {
        changed = Math.max(changed, likely);
      }
    }
    return sum;
  }

  private void join(UnionFind sets, int key) {
    int root = graph.unit(graph.begin(key));
    for (int touch = graph.begin(key) + 1; touch < graph.end(key); touch++) {
      root = sets.union(root, graph.unit(touch));
    }
  }

  private void attempt(UnionFind settled, int[] contested, double cap) {
    UnionFind sets = settled.copy();
    for (int key : contested) {
      if (joinedCost(sets, key) <= cap) {
        join(sets, key);
      } else {
        split(sets, key, cap);
      }
    }
    Grouping grouping = ClusterStrategy.packed(window, settings, sets, graph);
    long weight = weigh(grouping);
    if (weight < bestWeight) {
      best = grouping;
      bestWeight = weight;
      bestCap = cap;
    }
  }

  /** Cost of the cluster that joining all units of the key would give. */
  private long joinedCost(UnionFind sets, int key) {
    seenMark++;
    long sum = 0;
    for (int touch = graph.begin(key); touch < graph.end(key); touch++) {
      int root = sets.find(graph.unit(touch));
      if (seenRoot[root] != seenMark) {
        seenRoot[root] = seenMark;
        sum += sets.cost(root);
      }
    }
    return sum;
  }

  /** Joins neighbours in chain order up to the cap, from the key's first change on. */
  private void split(UnionFind sets, int key, double cap) {
    int touch = graph.begin(key);
    while (touch < graph.end(key) && !graph.mode(touch).changes()) {
      touch++;
    }
    if (touch == graph.end(key)) {
      return;
    }
    int root = sets.find(graph.unit(touch));
    for (touch++; touch < graph.end(key); touch++) {
      int next = sets.find(graph.unit(touch));
      if (next != root && sets.cost(root) + sets.cost(next) <= cap) {
        root = sets.union(root, next);
      } else {
        root = next;
      }
    }
  }

  /**
   * The makespan; and, as far as hints are not observations, the re-runs once more, so that a cut
   * has to gain at least as much time as it wastes work.
   */
  private long weigh(Grouping grouping) {
    long[] loads = grouping.loads(window);
    Arrays.sort(loads);
    for (int low = 0, high = loads.length - 1; low < high; low++, high--) {
      long swapped = loads[low];
      loads[low] = loads[high];
      loads[high] = swapped;
    }
    long runs = Packing.schedule(loads, settings.cores());
    long reruns = RerunPrediction.of(graph, window, grouping.partitionOf(), settings).cost();
    return runs + reruns + Math.round(doubt * reruns);
  }
}
