package io.rekindle.job;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.UnitRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes once through the states of a merged window, unit by unit: for the roots that headers and
 * receipts claim, and for whoever has to see the state before each unit.
 *
 * @param before the state that the window starts from
 * @param runs of the window's units, up to an invalid one
 */
record WindowPass(WindowBlocks window, StateReader before, List<UnitRun> runs) {
  /** Sees the state just before each unit, in chain order. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param unit place in the window
     * @param state not to be kept
     */
    void before(int unit, OverlayState state);
  }

  /**
   * Roots that a window gives.
   *
   * @param afterBlock the state root after each block
   * @param afterUnit for each block the root after each of its units, where its receipts need them;
   *     else null
   * @param took making them
   */
  record Roots(List<Hash> afterBlock, List<List<Hash>> afterUnit, Took took) {}

  /** Goes through where no roots are to be made. */
  void run(Visitor visitor) {
    OverlayState state = new OverlayState(before);
    for (int unit = 0; unit < runs.size(); unit++) {
      step(unit, state, visitor);
    }
  }

  /**
   * Goes through.
   *
   * @param roots of the state before, taken on to the one after
   */
  Roots run(StateRoots roots, Visitor visitor) {
    OverlayState state = new OverlayState(before);
    List<Hash> afterBlock = new ArrayList<>();
    List<List<Hash>> afterUnit = new ArrayList<>();
    Took took = Took.NOTHING;
    for (int block = 0; block < window.size(); block++) {
      List<Hash> ofUnits = window.fork(block).statusReceipts() ? null : new ArrayList<>();
      int end = Math.min(window.firstUnit(block + 1), runs.size());
      OverlayState changes = new OverlayState(state);
      for (int unit = window.firstUnit(block); unit < end; unit++) {
        step(unit, changes, visitor);
        if (ofUnits != null) {
          Took start = Took.now();
          ofUnits.add(roots.advance(changes));
          took = took.plus(Took.since(start));
          state.apply(changes);
          changes = new OverlayState(state);
        }
      }
      Took start = Took.now();
      afterBlock.add(roots.advance(changes));
      took = took.plus(Took.since(start));
      state.apply(changes);
      afterUnit.add(ofUnits);
    }
    return new Roots(afterBlock, afterUnit, took);
  }

  private void step(int unit, OverlayState state, Visitor visitor) {
    visitor.before(unit, state);
    Outcome outcome = runs.get(unit).outcome();
    state.apply(outcome.writes());
  }
}
