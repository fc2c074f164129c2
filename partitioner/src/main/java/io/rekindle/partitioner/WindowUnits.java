package io.rekindle.partitioner;

import io.rekindle.evm.process.Unit;
import java.util.List;

/**
 * What a plan is made of: units in chain order, with what each is expected to cost and to touch.
 * The numbers 0..n-1 of the units here are the ones that a {@link PartitionPlan} speaks of.
 *
 * @param units consecutive units of a window, or those of them that another round runs
 * @param costs predicted cost of each, at least 1; nanoseconds or gas, as long as it is one of them
 */
public record WindowUnits(List<Unit> units, long[] costs, AccessHints hints) {
  /**
   * @throws IllegalArgumentException where the lengths differ, a cost is below 1 or the sum of all
   *     exceeds 2^62
   */
  public WindowUnits {
    if (units.size() != costs.length || units.size() != hints.units()) {
      throw new IllegalArgumentException(
          units.size() + " units, " + costs.length + " costs, hints for " + hints.units());
    }
    long sum = 0;
    for (int unit = 0; unit < costs.length; unit++) {
      if (costs[unit] < 1 || costs[unit] > (1L << 62) - sum) {
        throw new IllegalArgumentException("unit " + unit + " has cost " + costs[unit]);
      }
      sum += costs[unit];
    }
  }

  public int size() {
    return costs.length;
  }

  public long cost(int unit) {
    return costs[unit];
  }

  public long totalCost() {
    long sum = 0;
    for (long cost : costs) {
      sum += cost;
    }
    return sum;
  }
}
