package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;

/**
 * A trie node. It never changes once sealed, and tries share sealed nodes. Sealing computes how the
 * parent refers to it: by the hash of its encoding, or, where that has less than 32 bytes, by the
 * encoding itself.
 *
 * <p>The hash lies in four fields instead of an object: a trie of a million accounts holds as many
 * of them. A leaf's encoding depends on its depth, so a leaf that moves is a new leaf.
 */
abstract sealed class Node permits Branch, Extension, Leaf, Unresolved {
  private static final byte OPEN = 0;
  private static final byte HASHED = 1;
  private static final byte EMBEDDED = 2;

  private byte form = OPEN;
  long hash3;
  long hash2;
  long hash1;
  long hash0;

  final boolean isOpen() {
    return form == OPEN;
  }

  final boolean isEmbedded() {
    return form == EMBEDDED;
  }

  final void sealEmbedded() {
    form = EMBEDDED;
  }

  final void sealHashed(long newHash3, long newHash2, long newHash1, long newHash0) {
    hash3 = newHash3;
    hash2 = newHash2;
    hash1 = newHash1;
    hash0 = newHash0;
    form = HASHED;
  }

  final void sealHashed(Hash hash) {
    sealHashed(hash.limb3(), hash.limb2(), hash.limb1(), hash.limb0());
  }

  /** The hash of a node that is sealed by its hash. */
  final Hash hash() {
    if (form != HASHED) {
      throw new IllegalStateException("a node without a hash");
    }
    return Hash.of(hash3, hash2, hash1, hash0);
  }
}
