package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;

/**
 * Seals nodes: encodes each open one, children first, and keeps its hash in it. Sealed nodes are
 * passed by, so the work is that of the nodes touched. One sealer serves one thread.
 */
final class Sealer {
  /** A branch is the longest node: 16 hashes of 33 bytes, an empty value and a header. */
  private static final int BUFFER_BYTES = 532;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final long[] limbs = new long[4];
  private final NodeEncoder encoder = new NodeEncoder(buffer);
  private final TrieMeter meter;

  /**
   * @param meter counts what is hashed, or null
   */
  Sealer(TrieMeter meter) {
    this.meter = meter;
  }

  /** A sealer for another thread that counts with the same meter. */
  Sealer fork() {
    return new Sealer(meter);
  }

  /** Seals a subtrie whose parent stands above {@code depth}. */
  void seal(Node node, int depth) {
    if (node.isOpen()) {
      sealChildren(node, depth);
      int length = encoder.encode(node, depth, 0);
      if (length < 32) {
        node.sealEmbedded();
      } else {
        hash(node, length);
      }
    }
  }

  /** Seals a whole trie; its root is hashed however short it is. */
  void sealRoot(Node node) {
    if (node.isOpen()) {
      sealChildren(node, 0);
      hash(node, encoder.encode(node, 0, 0));
    }
  }

  private void sealChildren(Node node, int depth) {
    if (node instanceof Branch branch) {
      if (!branch.childrenSealed()) {
        for (Node child : branch.packed()) {
          seal(child, depth + 1);
        }
      }
    } else if (node instanceof Extension extension) {
      seal(extension.child(), depth + extension.path().length);
    }
  }

  private void hash(Node node, int length) {
    Keccak256.hash(buffer, 0, length, limbs, 0);
    node.sealHashed(limbs[3], limbs[2], limbs[1], limbs[0]);
    if (meter != null) {
      meter.count(length);
    }
  }
}
