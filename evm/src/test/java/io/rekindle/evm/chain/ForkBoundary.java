package io.rekindle.evm.chain;

import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.ForkSchedule.Activation;
import io.rekindle.evm.fork.ForkSchedule.AtBlock;
import io.rekindle.evm.fork.ForkSchedule.AtTime;
import io.rekindle.evm.fork.ForkSchedule.AtTotalDifficulty;
import java.util.ArrayList;
import java.util.List;

/** A block next to a change of rules. */
record ForkBoundary(long number, long timestamp) {
  /** The last block before and the first block after each change. */
  static List<ForkBoundary> of(ChainSpec spec) {
    List<ForkBoundary> boundaries = new ArrayList<>();
    for (Activation activation : spec.schedule().activations()) {
      if (activation.trigger() instanceof AtTime at) {
        boundaries.add(new ForkBoundary(30_000_000, at.timestamp() - 1));
        boundaries.add(new ForkBoundary(30_000_000, at.timestamp()));
      } else {
        long number =
            activation.trigger() instanceof AtBlock at
                ? at.number()
                : ((AtTotalDifficulty) activation.trigger()).block();
        boundaries.add(new ForkBoundary(Math.max(0, number - 1), 0));
        boundaries.add(new ForkBoundary(number, 0));
      }
    }
    return boundaries;
  }
}
