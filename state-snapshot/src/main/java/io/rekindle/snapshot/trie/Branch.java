package io.rekindle.snapshot.trie;

/**
 * A node with two to sixteen children, kept packed: a bit of {@code mask} for each that is there.
 */
final class Branch extends Node {
  private final short mask;
  private final boolean childrenSealed;
  private final Node[] packed;

  private Branch(short mask, Node[] packed, boolean childrenSealed) {
    this.mask = mask;
    this.packed = packed;
    this.childrenSealed = childrenSealed;
  }

  /** From sixteen children, null where there is none. */
  static Branch of(Node[] children) {
    int mask = 0;
    int count = 0;
    for (int nibble = 0; nibble < 16; nibble++) {
      if (children[nibble] != null) {
        mask |= 1 << nibble;
        count++;
      }
    }
    Node[] packed = new Node[count];
    int index = 0;
    for (Node child : children) {
      if (child != null) {
        packed[index++] = child;
      }
    }
    return new Branch((short) mask, packed, false);
  }

  /**
   * A branch of the same shape.
   *
   * @param children as many as there are here, sealed; the branch's from now on
   */
  Branch withSealed(Node[] children) {
    return new Branch(mask, children, true);
  }

  /** Whether the children are known to be sealed, so that nobody has to ask each of them. */
  boolean childrenSealed() {
    return childrenSealed;
  }

  /** Where the child at a nibble, which is there, lies among the packed ones. */
  int indexOf(int nibble) {
    return Integer.bitCount(mask & ((1 << nibble) - 1));
  }

  /** The child at a nibble, or null. */
  Node child(int nibble) {
    return (mask & 1 << nibble) == 0 ? null : packed[indexOf(nibble)];
  }

  /** Sixteen children, null where there is none; a copy. */
  Node[] children() {
    return spread(packed);
  }

  /** Sixteen children, null where this branch has none, of as many as are here. */
  Node[] spread(Node[] children) {
    Node[] sixteen = new Node[16];
    int index = 0;
    for (int nibble = 0; nibble < 16; nibble++) {
      sixteen[nibble] = (mask & 1 << nibble) == 0 ? null : children[index++];
    }
    return sixteen;
  }

  /** The children that are there, in order; not to be changed. */
  Node[] packed() {
    return packed;
  }

  int mask() {
    return mask & 0xFFFF;
  }
}
