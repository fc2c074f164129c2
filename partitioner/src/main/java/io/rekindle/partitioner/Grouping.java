package io.rekindle.partitioner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a strategy decided: which units belong together, and on which partition.
 *
 * @param clusterOf of each unit, numbered from 0 in order of first unit
 * @param partitionOf of each unit; numbers need not be dense
 * @param graph the keys that can conflict, or null where the strategy makes conflicts impossible
 */
record Grouping(int[] clusterOf, int[] partitionOf, int partitions, ConflictGraph graph) {

  PartitionPlan toPlan(String name, WindowUnits window, PlanSettings settings) {
    long[] loads = loads(window);
    int[] sizes = new int[partitions];
    for (int partition : partitionOf) {
      sizes[partition]++;
    }
    int[] order = Packing.orderBy(loads, settings.seed());
    int used = 0;
    int[] renumbered = new int[partitions];
    for (int partition : order) {
      renumbered[partition] = sizes[partition] == 0 ? -1 : used++;
    }
    int[][] units = new int[used][];
    long[] costs = new long[used];
    for (int partition = 0; partition < partitions; partition++) {
      if (sizes[partition] > 0) {
        units[renumbered[partition]] = new int[sizes[partition]];
        costs[renumbered[partition]] = loads[partition];
      }
    }
    int[] filled = new int[used];
    int[] placed = new int[partitionOf.length];
    for (int unit = 0; unit < placed.length; unit++) {
      int partition = renumbered[partitionOf[unit]];
      placed[unit] = partition;
      units[partition][filled[partition]++] = unit;
    }
    RerunPrediction reruns = RerunPrediction.NONE;
    List<CutKey> cuts = List.of();
    if (graph != null) {
      reruns = RerunPrediction.of(graph, window, placed, settings);
      cuts = cutKeys(placed, reruns);
    }
    long makespan = Packing.schedule(costs, settings.cores()) + reruns.cost();
    return new PartitionPlan(name, clusterOf, placed, units, costs, cuts, reruns.cost(), makespan);
  }

  /** Cost of each partition. */
  long[] loads(WindowUnits window) {
    long[] loads = new long[partitions];
    for (int unit = 0; unit < partitionOf.length; unit++) {
      loads[partitionOf[unit]] += window.cost(unit);
    }
    return loads;
  }

  private List<CutKey> cutKeys(int[] placed, RerunPrediction reruns) {
    List<CutKey> cuts = new ArrayList<>();
    for (int key = 0; key < graph.keys(); key++) {
      int first = placed[graph.unit(graph.begin(key))];
      for (int touch = graph.begin(key) + 1; touch < graph.end(key); touch++) {
        if (placed[graph.unit(touch)] != first) {
          int degree = graph.end(key) - graph.begin(key);
          cuts.add(new CutKey(graph.describe(key), degree, reruns.costOfKey(key)));
          break;
        }
      }
    }
    // A stable sort: keys of equal degree stay in order of first mention.
    cuts.sort(Comparator.comparingInt(CutKey::degree).reversed());
    return List.copyOf(cuts);
  }
}
