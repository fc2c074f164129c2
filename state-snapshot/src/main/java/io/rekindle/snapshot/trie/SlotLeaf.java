package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/** A storage slot that is not zero, its value in the leaf itself as in {@link AccountLeaf}. */
final class SlotLeaf extends Leaf {
  final long value3;
  final long value2;
  final long value1;
  final long value0;

  SlotLeaf(Hash key, UInt256 value) {
    super(key);
    this.value3 = value.limb3();
    this.value2 = value.limb2();
    this.value1 = value.limb1();
    this.value0 = value.limb0();
  }

  private SlotLeaf(SlotLeaf other) {
    super(other.key3, other.key2, other.key1, other.key0);
    this.value3 = other.value3;
    this.value2 = other.value2;
    this.value1 = other.value1;
    this.value0 = other.value0;
  }

  UInt256 value() {
    return UInt256.of(value3, value2, value1, value0);
  }

  boolean holds(UInt256 value) {
    return value0 == value.limb0()
        && value1 == value.limb1()
        && value2 == value.limb2()
        && value3 == value.limb3();
  }

  @Override
  SlotLeaf moved() {
    return isOpen() ? this : new SlotLeaf(this);
  }
}
