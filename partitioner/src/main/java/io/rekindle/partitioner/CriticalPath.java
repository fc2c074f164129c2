package io.rekindle.partitioner;

/**
 * The longest chain of units that have to wait for each other: no schedule without re-runs ends
 * sooner, on any number of cores, unless units start from values known beforehand.
 */
final class CriticalPath {
  private CriticalPath() {}

  /** Cost of the longest chain in which each unit reads what one before it changed. */
  static long cost(ConflictGraph graph, WindowUnits window) {
    long[] changedAt = new long[graph.keys()];
    long longest = 0;
    for (int unit = 0; unit < window.size(); unit++) {
      long start = 0;
      for (int at = graph.unitBegin(unit); at < graph.unitEnd(unit); at++) {
        if (graph.unitMode(at).reads()) {
          start = Math.max(start, changedAt[graph.unitKey(at)]);
        }
      }
      long end = start + window.cost(unit);
      for (int at = graph.unitBegin(unit); at < graph.unitEnd(unit); at++) {
        if (graph.unitMode(at).changes()) {
          int key = graph.unitKey(at);
          changedAt[key] = Math.max(changedAt[key], end);
        }
      }
      longest = Math.max(longest, end);
    }
    return longest;
  }
}
