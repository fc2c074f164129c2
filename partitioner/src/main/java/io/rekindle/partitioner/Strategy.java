package io.rekindle.partitioner;

/** How a strategy groups units: clusters, and the partition of each. */
@FunctionalInterface
interface Strategy {
  Grouping group(WindowUnits window, PlanSettings settings);
}
