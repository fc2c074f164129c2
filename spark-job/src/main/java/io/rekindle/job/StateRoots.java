package io.rekindle.job;

import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;

/** The trie of a complete state as it goes from block to block. One thread at a time. */
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

  /** Moves on over all that changed in an overlay on the state. */
  Hash advance(OverlayState changes) {
    trie = trie.apply(changes);
    return trie.root();
  }
}
