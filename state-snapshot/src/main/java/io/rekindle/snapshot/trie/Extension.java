package io.rekindle.snapshot.trie;

/** A run of nibbles that all keys below share. */
final class Extension extends Node {
  private final byte[] path;
  private final Node child;

  /**
   * @param path one nibble a byte, at least one
   * @param child a branch, or a node not at hand
   */
  Extension(byte[] path, Node child) {
    this.path = path;
    this.child = child;
  }

  byte[] path() {
    return path;
  }

  Node child() {
    return child;
  }
}
