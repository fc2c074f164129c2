package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Genesis.GenesisAccount;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.UnitRun;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.SnapshotDelta;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The complete state of a chain as it goes from window to window: the snapshot that executors
 * compose, and the trie whose root each header claims. Lives on the driver.
 */
final class ChainState {
  /** Deltas on a base that executors hold before a new base is shipped. */
  private static final int MAX_DELTAS = 16;

  private final WindowStages stages;
  private Snapshot snapshot;
  private StateTrie trie;
  private SnapshotRef shipped;

  private ChainState(WindowStages stages, Snapshot snapshot, StateTrie trie) {
    this.stages = stages;
    this.snapshot = snapshot;
    this.trie = trie;
    this.shipped = stages.broadcast(snapshot);
  }

  static ChainState of(Genesis genesis, WindowStages stages) {
    SnapshotBuilder snapshot = new SnapshotBuilder(Unlisted.ABSENT);
    StateTrieBuilder trie = new StateTrieBuilder();
    for (GenesisAccount account : genesis.accounts()) {
      snapshot.account(account.address(), account.account());
      trie.account(account.address(), account.account());
      account
          .storage()
          .forEach(
              (slot, value) -> {
                snapshot.slot(slot, value);
                trie.slot(slot, value);
              });
      snapshot.code(account.code());
    }
    return new ChainState(stages, snapshot.build(), trie.build());
  }

  StateReader reader() {
    return snapshot;
  }

  SnapshotRef shipped() {
    return shipped;
  }

  /**
   * Roots that a window gives.
   *
   * @param afterBlock the state root after each block
   * @param afterUnit for each block the root after each of its units, where its receipts need them;
   *     else null
   */
  record Roots(List<Hash> afterBlock, List<List<Hash>> afterUnit) {}

  /** Moves on over a merged window. */
  Roots advance(WindowBlocks window, List<UnitRun> runs) {
    OverlayState state = new OverlayState(snapshot);
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
    ship(SnapshotDelta.of(snapshot, state));
    return new Roots(afterBlock, afterUnit);
  }

  private void ship(SnapshotDelta delta) {
    snapshot = snapshot.plus(delta);
    if (shipped.layers().size() > MAX_DELTAS) {
      snapshot = snapshot.folded();
      shipped = stages.broadcast(snapshot);
    } else {
      shipped = stages.broadcast(shipped, delta);
    }
  }
}
