package io.rekindle.partitioner;

/** Clusters by union-find over the keys of the {@link ConflictGraph}, packed by cost. */
final class ClusterStrategy implements Strategy {
  @Override
  public Grouping group(WindowUnits window, PlanSettings settings) {
    ConflictGraph graph = ConflictGraph.of(window.hints(), settings);
    UnionFind sets = new UnionFind(window.costs());
    for (int key = 0; key < graph.keys(); key++) {
      int root = graph.unit(graph.begin(key));
      for (int touch = graph.begin(key) + 1; touch < graph.end(key); touch++) {
        root = sets.union(root, graph.unit(touch));
      }
    }
    int[] clusterOf = sets.numbered();
    int clusters = 0;
    for (int cluster : clusterOf) {
      clusters = Math.max(clusters, cluster + 1);
    }
    return SimpleStrategies.packed(window, settings, clusterOf, clusters, graph);
  }
}
