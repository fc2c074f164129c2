package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;

/** What is to become of one key. Ordered by key. */
abstract sealed class Update implements Comparable<Update> permits AccountUpdate, SlotUpdate {
  private final Hash key;

  Update(Hash key) {
    this.key = key;
  }

  final Hash key() {
    return key;
  }

  /**
   * The leaf that there is to be: null for none, {@code before} itself where nothing changes.
   *
   * @param before the leaf at the key, or null
   */
  abstract Leaf resolve(Leaf before, Sealer sealer);

  @Override
  public final int compareTo(Update other) {
    return key.compareTo(other.key);
  }

  @Override
  public final boolean equals(Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }
}
