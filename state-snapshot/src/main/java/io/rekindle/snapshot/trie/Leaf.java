package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;

/** A leaf with its whole key, of which the encoding shows the nibbles below the leaf's place. */
abstract sealed class Leaf extends Node permits AccountLeaf, SlotLeaf {
  final long key3;
  final long key2;
  final long key1;
  final long key0;

  Leaf(Hash key) {
    this(key.limb3(), key.limb2(), key.limb1(), key.limb0());
  }

  Leaf(long key3, long key2, long key1, long key0) {
    this.key3 = key3;
    this.key2 = key2;
    this.key1 = key1;
    this.key0 = key0;
  }

  /** The same leaf, not sealed, for another place. */
  abstract Leaf moved();

  final int nibble(int depth) {
    return Nibbles.of(key3, key2, key1, key0, depth);
  }

  final boolean hasKey(Hash key) {
    return key0 == key.limb0() && key1 == key.limb1() && key2 == key.limb2() && key3 == key.limb3();
  }

  final Hash key() {
    return Hash.of(key3, key2, key1, key0);
  }
}
