package io.rekindle.partitioner;

/**
 * Clusters by union-find over the keys of the {@link ConflictGraph}, cut where that is predicted to
 * pay ({@link Cutter}), and packed by cost.
 */
final class ClusterStrategy implements Strategy {
  @Override
  public Grouping group(WindowUnits window, PlanSettings settings) {
    ConflictGraph graph = ConflictGraph.of(window.hints(), settings);
    UnionFind sets = clusters(graph, window);
    Grouping uncut = packed(window, settings, sets, graph);
    return settings.cutting() == PlanSettings.Cutting.ON
        ? new Cutter(graph, window, settings).cut(sets, uncut)
        : uncut;
  }

  /** The clusters without a cut. */
  static UnionFind clusters(ConflictGraph graph, WindowUnits window) {
    UnionFind sets = new UnionFind(window.costs());
    for (int key = 0; key < graph.keys(); key++) {
      int root = graph.unit(graph.begin(key));
      for (int touch = graph.begin(key) + 1; touch < graph.end(key); touch++) {
        root = sets.union(root, graph.unit(touch));
      }
    }
    return sets;
  }

  static Grouping packed(
      WindowUnits window, PlanSettings settings, UnionFind sets, ConflictGraph graph) {
    int[] clusterOf = sets.numbered();
    int clusters = 0;
    for (int cluster : clusterOf) {
      clusters = Math.max(clusters, cluster + 1);
    }
    return SimpleStrategies.packed(window, settings, clusterOf, clusters, graph);
  }
}
