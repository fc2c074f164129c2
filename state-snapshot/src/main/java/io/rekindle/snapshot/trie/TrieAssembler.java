package io.rekindle.snapshot.trie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * Builds a trie of leaves in any order, by parting them by one nibble after another (a radix sort,
 * the first nibble first) and sealing each node as soon as its children are there. A leaf is moved
 * once a nibble and never compared, and what is sealed is still in the processor's cache.
 *
 * <p>Near the root the parts are worked on by several threads.
 */
final class TrieAssembler {
  /** Fewer leaves than this stay on one thread. */
  private static final int FORK_THRESHOLD = 512;

  private static final int FORK_DEPTH = 2;

  private TrieAssembler() {}

  /**
   * The trie's root, sealed as a root; null where there are no leaves.
   *
   * @param leaves is overwritten
   * @throws IllegalArgumentException where a key comes twice
   */
  static Node assemble(Leaf[] leaves, Sealer sealer) {
    if (leaves.length == 0) {
      return null;
    }
    Node root = node(leaves, new Leaf[leaves.length], 0, leaves.length, 0, sealer);
    sealer.sealRoot(root);
    return root;
  }

  /**
   * The node above the leaves {@code from} to {@code to}, not sealed; its children are.
   *
   * @param spare as long as {@code leaves}; the same range of it is overwritten
   */
  private static Node node(
      Leaf[] leaves, Leaf[] spare, int from, int to, int depth, Sealer sealer) {
    if (to - from == 1) {
      return leaves[from];
    }
    int[] ends = new int[16];
    int shared = depth;
    while (!part(leaves, spare, from, to, shared, ends)) {
      shared++;
    }
    Node[] children = new Node[16];
    if (depth < FORK_DEPTH && to - from >= FORK_THRESHOLD) {
      forkChildren(children, spare, leaves, from, ends, shared + 1, sealer);
    } else {
      int start = from;
      for (int nibble = 0; nibble < 16; nibble++) {
        if (ends[nibble] > start) {
          children[nibble] = child(spare, leaves, start, ends[nibble], shared + 1, sealer);
          start = ends[nibble];
        }
      }
    }
    Branch branch = Branch.of(children);
    if (shared == depth) {
      return branch;
    }
    sealer.seal(branch, shared);
    byte[] path = new byte[shared - depth];
    for (int i = 0; i < path.length; i++) {
      path[i] = (byte) leaves[from].nibble(depth + i);
    }
    return new Extension(path, branch);
  }

  private static Node child(
      Leaf[] parted, Leaf[] free, int from, int to, int depth, Sealer sealer) {
    Node node = node(parted, free, from, to, depth, sealer);
    sealer.seal(node, depth);
    return node;
  }

  /**
   * Parts the leaves by a nibble, out of {@code leaves} into {@code parted}; false, and nothing
   * moved, where all share it.
   *
   * @param ends is filled with where each nibble's leaves end
   */
  private static boolean part(
      Leaf[] leaves, Leaf[] parted, int from, int to, int depth, int[] ends) {
    if (depth == Nibbles.COUNT) {
      throw new IllegalArgumentException("key " + leaves[from].key() + " came twice");
    }
    Arrays.fill(ends, 0);
    for (int i = from; i < to; i++) {
      ends[leaves[i].nibble(depth)]++;
    }
    if (ends[leaves[from].nibble(depth)] == to - from) {
      return false;
    }
    int start = from;
    for (int nibble = 0; nibble < 16; nibble++) {
      int count = ends[nibble];
      ends[nibble] = start;
      start += count;
    }
    for (int i = from; i < to; i++) {
      parted[ends[leaves[i].nibble(depth)]++] = leaves[i];
    }
    return true;
  }

  private static void forkChildren(
      Node[] children, Leaf[] parted, Leaf[] free, int from, int[] ends, int depth, Sealer sealer) {
    List<RecursiveAction> tasks = new ArrayList<>(16);
    int start = from;
    for (int nibble = 0; nibble < 16; nibble++) {
      if (ends[nibble] > start) {
        tasks.add(
            new ChildTask(children, nibble, parted, free, start, ends[nibble], depth, sealer));
        start = ends[nibble];
      }
    }
    ForkJoinTask.invokeAll(tasks);
  }

  /** Builds and seals one child of a branch in another thread. */
  private static final class ChildTask extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient Node[] children;
    private final int nibble;
    private final transient Leaf[] parted;
    private final transient Leaf[] free;
    private final int from;
    private final int to;
    private final int depth;
    private final transient Sealer sealer;

    ChildTask(
        Node[] children,
        int nibble,
        Leaf[] parted,
        Leaf[] free,
        int from,
        int to,
        int depth,
        Sealer sealer) {
      this.children = children;
      this.nibble = nibble;
      this.parted = parted;
      this.free = free;
      this.from = from;
      this.to = to;
      this.depth = depth;
      this.sealer = sealer.fork();
    }

    @Override
    protected void compute() {
      children[nibble] = child(parted, free, from, to, depth, sealer);
    }
  }
}
