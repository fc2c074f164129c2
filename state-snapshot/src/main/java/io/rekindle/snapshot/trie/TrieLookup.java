package io.rekindle.snapshot.trie;

import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.word.Hash;
import java.util.Arrays;
import java.util.List;

/** Finds leaves. */
final class TrieLookup {
  private TrieLookup() {}

  /**
   * The leaf with the key, or null where the trie shows that there is none.
   *
   * @param path receives the encodings of the nodes on the way that are referred to by hash, the
   *     root's first; or null
   * @throws MissingStateException where the trie lacks a node on the way
   */
  static Leaf find(Node root, Hash key, List<byte[]> path) {
    Node node = root;
    int depth = 0;
    while (node != null) {
      if (path != null && !(node instanceof Unresolved) && !node.isEmbedded()) {
        path.add(encoded(node, depth));
      }
      if (node instanceof Branch branch) {
        node = branch.child(Nibbles.of(key, depth));
        depth++;
      } else if (node instanceof Leaf leaf) {
        return leaf.hasKey(key) ? leaf : null;
      } else if (node instanceof Extension extension) {
        if (!Nibbles.matches(key, depth, extension.path())) {
          return null;
        }
        depth += extension.path().length;
        node = extension.child();
      } else {
        throw new MissingStateException("trie node " + node.hash() + " on the path of key " + key);
      }
    }
    return null;
  }

  private static byte[] encoded(Node node, int depth) {
    byte[] buffer = new byte[1024];
    int length = new NodeEncoder(buffer).encode(node, depth, 0);
    return Arrays.copyOf(buffer, length);
  }
}
