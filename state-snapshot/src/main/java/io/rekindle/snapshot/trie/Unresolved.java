package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;

/** A node of which only the hash is known: the rim of a partial trie. */
final class Unresolved extends Node {
  Unresolved(Hash hash) {
    sealHashed(hash);
  }
}
