package io.rekindle.partitioner;

/**
 * Disjoint sets of units with the cost of each (Galler and Fischer 1964; path halving). A set's
 * root is its first unit, so that the result does not depend on the order of unions.
 */
final class UnionFind {
  private final int[] parents;
  private final long[] costs;

  UnionFind(long[] unitCosts) {
    parents = new int[unitCosts.length];
    for (int unit = 0; unit < parents.length; unit++) {
      parents[unit] = unit;
    }
    costs = unitCosts.clone();
  }

  private UnionFind(int[] parents, long[] costs) {
    this.parents = parents;
    this.costs = costs;
  }

  UnionFind copy() {
    return new UnionFind(parents.clone(), costs.clone());
  }

  int find(int unit) {
    int at = unit;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  /** Cost of the set with this root. */
  long cost(int root) {
    return costs[root];
  }

  /** Joins the sets of two units and answers the new root. */
  int union(int a, int b) {
    int rootA = find(a);
    int rootB = find(b);
    if (rootA == rootB) {
      return rootA;
    }
    int root = Math.min(rootA, rootB);
    int child = Math.max(rootA, rootB);
    parents[child] = root;
    costs[root] += costs[child];
    return root;
  }

  long largestCost() {
    long largest = 0;
    for (int unit = 0; unit < parents.length; unit++) {
      if (parents[unit] == unit) {
        largest = Math.max(largest, costs[unit]);
      }
    }
    return largest;
  }

  /** The set of each unit, numbered from 0 in order of first unit. */
  int[] numbered() {
    int[] numbers = new int[parents.length];
    int count = 0;
    for (int unit = 0; unit < parents.length; unit++) {
      int root = find(unit);
      numbers[unit] = root == unit ? count++ : numbers[root];
    }
    return numbers;
  }
}
