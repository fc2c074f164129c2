package io.rekindle.job;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.UnitRun;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.util.ArrayList;
import java.util.List;

/** The trie of a complete state as it goes from window to window. One thread at a time. */
final class StateRoots {
  private StateTrie trie;

  /**
   * @param state complete
   */
  StateRoots(Snapshot state) {
    StateTrieBuilder builder = new StateTrieBuilder();
    state.writeTo(builder);
    this.trie = builder.build();
  }

  /** The root as of now. */
  Hash root() {
    return trie.root();
  }

  /**
   * Roots that a window gives.
   *
   * @param afterBlock the state root after each block
   * @param afterUnit for each block the root after each of its units, where its receipts need them;
   *     else null
   */
  record Roots(List<Hash> afterBlock, List<List<Hash>> afterUnit) {}

  /**
   * Moves on over a merged window.
   *
   * @param before the state that the window started from
   */
  Roots advance(WindowBlocks window, StateReader before, List<UnitRun> runs) {
    OverlayState state = new OverlayState(before);
    List<Hash> afterBlock = new ArrayList<>();
    List<List<Hash>> afterUnit = new ArrayList<>();
    for (int block = 0; block < window.size(); block++) {
      int first = window.firstUnit(block);
      int end = Math.min(window.firstUnit(block + 1), runs.size());
      boolean perUnit = !window.fork(block).statusReceipts();
      List<Hash> roots = perUnit ? new ArrayList<>() : null;
      OverlayState step = new OverlayState(state);
      for (int unit = first; unit < end; unit++) {
        Outcome outcome = runs.get(unit).outcome();
        step.apply(outcome.writes());
        if (perUnit) {
          trie = trie.apply(step);
          roots.add(trie.root());
          state.apply(outcome.writes());
          step = new OverlayState(state);
        }
      }
      if (!perUnit) {
        trie = trie.apply(step);
        for (int unit = first; unit < end; unit++) {
          state.apply(runs.get(unit).outcome().writes());
        }
      }
      afterBlock.add(trie.root());
      afterUnit.add(roots);
    }
    return new Roots(afterBlock, afterUnit);
  }
}
