package io.rekindle.partitioner;

import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Units with what executing them one after another gave.
 *
 * @param base the state before the first
 * @param gas used by each; 1 for openings and closings
 */
record ExecutedWindow(StateReader base, List<Unit> units, List<Outcome> outcomes, long[] gas) {

  /** Told of each unit right after it ran, on the state that it ran on. */
  interface Listener {
    void executed(Unit unit, Outcome outcome, StateReader state, long nanoseconds);
  }

  static ExecutedWindow run(StateReader base, List<Unit> units) {
    return run(base, units, null, (unit, outcome, state, nanoseconds) -> {});
  }

  static ExecutedWindow run(
      StateReader base, List<Unit> units, ExecutionObserver observer, Listener listener) {
    UnitExecutor executor = new UnitExecutor(new Interpreter());
    OverlayState state = new OverlayState(base);
    List<Outcome> outcomes = new ArrayList<>();
    long[] gas = new long[units.size()];
    for (Unit unit : units) {
      long start = System.nanoTime();
      // Speculation records assumed nonces, as runs on a cluster do.
      Outcome outcome = executor.execute(state, unit, UnitExecutor.Mode.SPECULATIVE, observer);
      long nanoseconds = System.nanoTime() - start;
      if (outcome.result() instanceof UnitResult.Invalid invalid) {
        throw new IllegalStateException(
            "block " + unit.block().context().number() + ": " + invalid.detail());
      }
      gas[outcomes.size()] =
          outcome.result() instanceof UnitResult.Executed executed ? executed.gasUsed() : 1;
      outcomes.add(outcome);
      listener.executed(unit, outcome, state, nanoseconds);
      state.apply(outcome.writes());
    }
    return new ExecutedWindow(base, units, outcomes, gas);
  }

  /** The window with exact hints, and with gas for cost. */
  WindowUnits exact() {
    return new WindowUnits(units, gas, observed());
  }

  AccessHints observed() {
    AccessHints.Builder hints = AccessHints.builder();
    for (Outcome outcome : outcomes) {
      hints.startUnit();
      UnitHints.addObserved(hints, outcome.reads(), outcome.writes(), HintSource.SIDECAR);
    }
    return hints.build();
  }
}
