package io.rekindle.snapshot.trie;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts the nodes that were hashed, by the length of their encoding. Safe for threads. */
public final class TrieMeter {
  private final AtomicLongArray nodesByLength = new AtomicLongArray(1024);

  void count(int length) {
    nodesByLength.incrementAndGet(length);
  }

  /** Nodes hashed. */
  public long nodes() {
    long sum = 0;
    for (int length = 0; length < nodesByLength.length(); length++) {
      sum += nodesByLength.get(length);
    }
    return sum;
  }

  /** Bytes of the nodes hashed. */
  public long bytes() {
    long sum = 0;
    for (int length = 0; length < nodesByLength.length(); length++) {
      sum += length * nodesByLength.get(length);
    }
    return sum;
  }

  /** How many nodes with encodings of this length, below 1,024 bytes, were hashed. */
  public long nodesOfLength(int length) {
    return nodesByLength.get(length);
  }
}
