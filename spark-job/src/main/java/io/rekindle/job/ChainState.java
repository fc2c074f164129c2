package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Genesis.GenesisAccount;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.merge.UnitRun;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.SnapshotDelta;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * The state of a chain as it goes from window to window, as the snapshot that executors compose.
 * Lives on the driver.
 */
final class ChainState {
  /** Deltas on a base that executors hold before a new base is shipped. */
  private static final int MAX_DELTAS = 16;

  private final WindowStages stages;
  private final StateRoots roots;
  private Snapshot snapshot;
  private SnapshotRef shipped;

  private ChainState(WindowStages stages, Snapshot snapshot, StateRoots roots) {
    this.stages = stages;
    this.snapshot = snapshot;
    this.roots = roots;
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
    return new ChainState(stages, snapshot.build(), new StateRoots(trie.build()));
  }

  Snapshot reader() {
    return snapshot;
  }

  SnapshotRef shipped() {
    return shipped;
  }

  /** The trie at the start; null where the state is not complete. */
  StateRoots trie() {
    return roots;
  }

  /**
   * A step over a window.
   *
   * @param before the state that the window started from
   * @param outdated broadcasts that no later window uses
   */
  record Step(StateReader before, List<Broadcast<byte[]>> outdated) {}

  /** Moves on over a merged window, and ships what changed. */
  Step advance(List<UnitRun> runs) {
    Snapshot before = snapshot;
    OverlayState state = new OverlayState(snapshot);
    for (UnitRun run : runs) {
      state.apply(run.outcome().writes());
    }
    SnapshotDelta delta = SnapshotDelta.of(snapshot, state);
    snapshot = snapshot.plus(delta);
    List<Broadcast<byte[]>> outdated = new ArrayList<>();
    if (shipped.layers().size() > MAX_DELTAS) {
      outdated.addAll(shipped.layers());
      snapshot = snapshot.folded();
      shipped = stages.broadcast(snapshot);
    } else {
      shipped = stages.broadcast(shipped, delta);
    }
    return new Step(before, outdated);
  }
}
