package io.rekindle.evm.process;

import io.rekindle.evm.state.OverlayState;
import java.util.Iterator;
import java.util.List;

/** How the units of a block get their outcomes: one after another, or by partitions and a merge. */
@FunctionalInterface
public interface BlockExecution extends AutoCloseable {
  /**
   * The outcomes in chain order, one a call; they end early where a unit is invalid.
   *
   * @param state before the block. Its owner applies each outcome's writes to it before the next
   *     outcome is asked for
   */
  Iterator<Outcome> outcomes(List<Unit> units, OverlayState state);

  /** Ends threads where there are any. */
  @Override
  default void close() {}

  /** Serial execution, each unit on the state that the one before it left. */
  static BlockExecution serial(UnitExecutor executor) {
    return (units, state) -> {
      Iterator<Unit> next = units.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return next.hasNext();
        }

        @Override
        public Outcome next() {
          return executor.execute(state, next.next(), UnitExecutor.Mode.EXACT);
        }
      };
    };
  }
}
