package io.rekindle.partitioner;

import java.util.PriorityQueue;

/**
 * Puts clusters onto partitions, longest first onto the emptiest (Graham, Bounds on multiprocessing
 * timing anomalies, 1969: never more than 4/3 of the best). Equal costs are ordered by a hash with
 * the seed, then by number, so the result depends on nothing else.
 */
final class Packing {
  private Packing() {}

  /** Indexes by falling cost. */
  static int[] orderBy(long[] costs, long seed) {
    int[] order = new int[costs.length];
    for (int index = 0; index < order.length; index++) {
      order[index] = index;
    }
    IntSort.sort(
        order,
        (a, b) -> {
          int byCost = Long.compare(costs[b], costs[a]);
          if (byCost == 0) {
            byCost = Long.compare(scatter(a, seed), scatter(b, seed));
          }
          return byCost == 0 ? Integer.compare(a, b) : byCost;
        });
    return order;
  }

  private static long scatter(int index, long seed) {
    if (seed == 0) {
      return index;
    }
    long mixed = (index + seed) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 31);
  }

  /** The partition of each cluster, and so at most {@code partitions} of them. */
  static int[] pack(long[] costs, int partitions, long seed) {
    PriorityQueue<long[]> queue =
        new PriorityQueue<>(
            (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
    int usable = Math.min(partitions, Math.max(1, costs.length));
    for (int partition = 0; partition < usable; partition++) {
      queue.add(new long[] {0, partition});
    }
    int[] partitionOf = new int[costs.length];
    for (int cluster : orderBy(costs, seed)) {
      long[] emptiest = queue.remove();
      partitionOf[cluster] = (int) emptiest[1];
      emptiest[0] += costs[cluster];
      queue.add(emptiest);
    }
    return partitionOf;
  }

  /**
   * The partition of each cluster where each core is to run several: first onto cores, then each
   * core's share onto its partitions. Packing onto all partitions at once would fill them evenly,
   * and so leave odd ones over beside a cluster that takes a core for itself.
   */
  static int[] pack(long[] costs, PlanSettings settings) {
    int perCore = settings.partitionsPerCore();
    int[] coreOf = pack(costs, settings.cores(), settings.seed());
    if (perCore == 1) {
      return coreOf;
    }
    long[] loads = new long[settings.partitions()];
    int[] partitionOf = new int[costs.length];
    for (int cluster : orderBy(costs, settings.seed())) {
      int first = coreOf[cluster] * perCore;
      int emptiest = first;
      for (int partition = first + 1; partition < first + perCore; partition++) {
        if (loads[partition] < loads[emptiest]) {
          emptiest = partition;
        }
      }
      partitionOf[cluster] = emptiest;
      loads[emptiest] += costs[cluster];
    }
    return partitionOf;
  }

  /** When the last of the tasks ends, if each core takes the next one as soon as it is free. */
  static long schedule(long[] costs, int cores) {
    PriorityQueue<Long> ends = new PriorityQueue<>();
    long last = 0;
    for (long cost : costs) {
      long start = ends.size() < cores ? 0 : ends.remove();
      ends.add(start + cost);
      last = Math.max(last, start + cost);
    }
    return last;
  }
}
