package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/** A storage slot that is not zero. */
final class SlotLeaf extends Leaf {
  private final UInt256 value;

  SlotLeaf(Hash key, UInt256 value) {
    super(key);
    this.value = value;
  }

  private SlotLeaf(SlotLeaf other) {
    super(other.key3, other.key2, other.key1, other.key0);
    this.value = other.value;
  }

  UInt256 value() {
    return value;
  }

  @Override
  SlotLeaf moved() {
    return isOpen() ? this : new SlotLeaf(this);
  }
}
