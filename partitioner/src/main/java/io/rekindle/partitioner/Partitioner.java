package io.rekindle.partitioner;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes partition plans by one strategy. Stateless and safe for threads; the same window and
 * settings give the same plan, on any machine.
 *
 * <ul>
 *   <li>{@code clusters}: units that are expected to conflict share a partition, unless cutting
 *       them apart at a key is predicted to end sooner ({@link ClusterStrategy})
 *   <li>{@code accounts}: the same with accounts as keys
 *   <li>{@code blocks}: a block's units share a partition
 *   <li>{@code round-robin}: the units are dealt out one by one
 *   <li>{@code serial}: one partition
 *   <li>{@code versioned}: contiguous runs of equal cost, for units that each start from their true
 *       pre-state, so that nothing can conflict
 * </ul>
 */
public final class Partitioner {
  public static final String DEFAULT = "clusters";

  /** For units that each start from their true pre-state. */
  public static final String VERSIONED = "versioned";

  private static final Map<String, Strategy> STRATEGIES = strategies();

  private static Map<String, Strategy> strategies() {
    Map<String, Strategy> byName = new TreeMap<>();
    byName.put("clusters", new ClusterStrategy());
    byName.put("accounts", Partitioner::accounts);
    byName.put("blocks", SimpleStrategies::blocks);
    byName.put("round-robin", SimpleStrategies::roundRobin);
    byName.put("serial", SimpleStrategies::serial);
    byName.put(VERSIONED, SimpleStrategies::versioned);
    return byName;
  }

  private static Grouping accounts(WindowUnits window, PlanSettings settings) {
    return new ClusterStrategy().group(window, settings.withLevel(KeyLevel.ACCOUNT));
  }

  private final String name;
  private final Strategy strategy;

  private Partitioner(String name, Strategy strategy) {
    this.name = name;
    this.strategy = strategy;
  }

  /** The names of all strategies, sorted. */
  public static List<String> names() {
    return List.copyOf(STRATEGIES.keySet());
  }

  /**
   * @throws IllegalArgumentException where there is no such strategy; the message lists all
   */
  public static Partitioner byName(String name) {
    Strategy strategy = STRATEGIES.get(name);
    if (strategy == null) {
      throw new IllegalArgumentException(
          "no strategy is called '" + name + "'; there are " + String.join(", ", names()));
    }
    return new Partitioner(name, strategy);
  }

  public String name() {
    return name;
  }

  /** Plans a window. */
  public PartitionPlan plan(WindowUnits window, PlanSettings settings) {
    return strategy.group(window, settings).toPlan(name, window, settings);
  }
}
