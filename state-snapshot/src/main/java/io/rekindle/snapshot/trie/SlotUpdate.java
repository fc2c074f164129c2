package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/** A slot's new value; zero removes it. */
final class SlotUpdate extends Update {
  private final UInt256 value;

  SlotUpdate(Hash key, UInt256 value) {
    super(key);
    this.value = value;
  }

  @Override
  Leaf resolve(Leaf before, Sealer sealer) {
    if (value.isZero()) {
      return null;
    }
    boolean same = before instanceof SlotLeaf leaf && leaf.holds(value);
    return same ? before : new SlotLeaf(key(), value);
  }
}
