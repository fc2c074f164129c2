package io.rekindle.partitioner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The chains of a window that no cut can part without a re-run, by the definition: two units are in
 * the same chain where the later one reads what the earlier one changed, and so on from unit to
 * unit. Knows nothing of graphs, clusters and plans.
 */
final class UncuttableChains {
  /** Falling. */
  private final long[] costs;

  private final long total;

  private UncuttableChains(long[] costs, long total) {
    this.costs = costs;
    this.total = total;
  }

  /** Cost of the most costly chain; a unit that depends on nothing is one of its own. */
  long largest() {
    return costs.length == 0 ? 0 : costs[0];
  }

  /**
   * What no plan without re-runs goes below on so many cores: an even share, the largest chain,
   * and, since of {@code k * cores + 1} chains some {@code k + 1} share a core, the least of the
   * {@code k + 1} least costly of these together.
   */
  long bound(int cores) {
    long bound = Math.max(largest(), (total + cores - 1) / cores);
    for (int rounds = 1; rounds * cores < costs.length; rounds++) {
      long together = 0;
      for (int back = 0; back <= rounds; back++) {
        together += costs[rounds * cores - back];
      }
      bound = Math.max(bound, together);
    }
    return bound;
  }

  static UncuttableChains of(WindowUnits window) {
    int[] chainOf = new int[window.size()];
    List<List<Integer>> members = new ArrayList<>();
    Map<StateKey, List<Integer>> changers = new HashMap<>();
    for (int unit = 0; unit < window.size(); unit++) {
      chainOf[unit] = unit;
      members.add(new ArrayList<>(List.of(unit)));
      for (AccessHints.AccessHint touch : window.hints().of(unit)) {
        List<Integer> earlier = changers.computeIfAbsent(touch.key(), key -> new ArrayList<>());
        if (touch.mode().reads()) {
          for (int changer : earlier) {
            join(chainOf, members, chainOf[changer], chainOf[unit]);
          }
          // All of them are one chain now: the last stands for it.
          if (earlier.size() > 1) {
            earlier.subList(0, earlier.size() - 1).clear();
          }
        }
        if (touch.mode().changes()) {
          earlier.add(unit);
        }
      }
    }
    members.removeIf(List::isEmpty);
    long[] costs =
        members.stream()
            .mapToLong(chain -> -chain.stream().mapToLong(window::cost).sum())
            .sorted()
            .map(cost -> -cost)
            .toArray();
    return new UncuttableChains(costs, window.totalCost());
  }

  private static void join(int[] chainOf, List<List<Integer>> members, int a, int b) {
    if (a == b) {
      return;
    }
    boolean firstIsLarger = members.get(a).size() >= members.get(b).size();
    int into = firstIsLarger ? a : b;
    List<Integer> moved = members.get(firstIsLarger ? b : a);
    moved.forEach(unit -> chainOf[unit] = into);
    members.get(into).addAll(moved);
    moved.clear();
  }
}
