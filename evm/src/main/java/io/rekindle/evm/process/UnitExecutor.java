package io.rekindle.evm.process;

import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.state.StateReader;

/**
 * Executes units, one after another; the seam that partitions, the merge validator and serial
 * execution all go through. Keeps buffers: one executor a thread.
 */
public final class UnitExecutor {
  /** Whether a transaction is taken at its word about nonce and funds. */
  public enum Mode {
    /** The state is the true one at the unit's place: a wrong nonce or lacking funds is invalid. */
    EXACT,
    /** The state may be older: the sender's nonce and funds are assumed, and recorded as reads. */
    SPECULATIVE
  }

  private final EvmEngine engine;

  public UnitExecutor(EvmEngine engine) {
    this.engine = engine;
  }

  public Outcome execute(StateReader state, Unit unit, Mode mode) {
    return execute(state, unit, mode, null);
  }

  /**
   * @param observer told of calls and hashes, or null
   */
  public Outcome execute(StateReader state, Unit unit, Mode mode, ExecutionObserver observer) {
    throw new UnsupportedOperationException("not written yet: " + engine.name());
  }
}
