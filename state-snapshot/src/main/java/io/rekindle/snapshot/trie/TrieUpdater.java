package io.rekindle.snapshot.trie;

import io.rekindle.evm.state.MissingStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * Applies a sorted run of updates to a subtrie in one descent, so that each touched node is made
 * anew once, however many updates meet below it. What is not touched is shared with the trie
 * before.
 *
 * <p>Near the root, where many updates fan out, the children of a branch are worked on by several
 * threads, and sealed by them too.
 */
final class TrieUpdater {
  /** Runs shorter than this stay on one thread. */
  private static final int FORK_THRESHOLD = 512;

  private static final int FORK_DEPTH = 2;

  private TrieUpdater() {}

  /**
   * The subtrie with updates {@code from} to {@code to} applied: null where nothing is left, the
   * same node where nothing changed, else a node that may not be sealed.
   *
   * @throws MissingStateException where the change needs a node that a partial trie lacks
   */
  static Node update(Node node, int depth, Update[] updates, int from, int to, Sealer sealer) {
    if (from == to) {
      return node;
    }
    if (node == null) {
      return to - from == 1
          ? updates[from].resolve(null, sealer)
          : updateChildren(null, new Node[16], depth, updates, from, to, sealer);
    }
    if (node instanceof Branch branch) {
      return updateBranch(branch, depth, updates, from, to, sealer);
    }
    if (node instanceof Leaf leaf) {
      return updateLeaf(leaf, depth, updates, from, to, sealer);
    }
    if (node instanceof Extension extension) {
      return updateExtension(extension, depth, updates, from, to, sealer);
    }
    throw new MissingStateException(
        "trie node " + node.hash() + " on the path of key " + updates[from].key());
  }

  /**
   * Children that stay or are replaced leave the branch's shape as it is, which is how most updates
   * go: the new ones keep their places and are sealed at once, and nobody looks at the others. A
   * child that comes or goes, or many updates, take the longer way.
   */
  private static Node updateBranch(
      Branch branch, int depth, Update[] updates, int from, int to, Sealer sealer) {
    Node[] packed = null;
    int changed = 0;
    int start = from;
    while (start < to && to - from < FORK_THRESHOLD) {
      int nibble = Nibbles.of(updates[start].key(), depth);
      int end = endOfRun(updates, start, to, depth, nibble);
      Node child = branch.child(nibble);
      Node updated = update(child, depth + 1, updates, start, end, sealer);
      if (updated != child) {
        if (child == null || updated == null) {
          Node[] children = branch.spread(packed == null ? branch.packed() : packed);
          children[nibble] = updated;
          updateRuns(children, depth, updates, end, to, sealer);
          return collapse(children);
        }
        packed = packed == null ? branch.packed().clone() : packed;
        int index = branch.indexOf(nibble);
        packed[index] = updated;
        changed |= 1 << index;
      }
      start = end;
    }
    if (start < to) {
      return updateChildren(branch, branch.children(), depth, updates, from, to, sealer);
    }
    if (packed == null) {
      return branch;
    }
    for (; changed != 0; changed &= changed - 1) {
      sealer.seal(packed[Integer.numberOfTrailingZeros(changed)], depth + 1);
    }
    return branch.withSealed(packed);
  }

  private static Node updateLeaf(
      Leaf leaf, int depth, Update[] updates, int from, int to, Sealer sealer) {
    if (to - from == 1 && leaf.hasKey(updates[from].key())) {
      return updates[from].resolve(leaf, sealer);
    }
    Node[] children = new Node[16];
    children[leaf.nibble(depth)] = leaf.moved();
    return updateChildren(leaf, children, depth, updates, from, to, sealer);
  }

  private static Node updateExtension(
      Extension extension, int depth, Update[] updates, int from, int to, Sealer sealer) {
    byte[] path = extension.path();
    // The run is sorted, so its ends share the path only if all between do.
    if (Nibbles.matches(updates[from].key(), depth, path)
        && Nibbles.matches(updates[to - 1].key(), depth, path)) {
      Node before = extension.child();
      Node child = update(before, depth + path.length, updates, from, to, sealer);
      return child == before ? extension : child == null ? null : prepend(path, child);
    }
    Node[] children = new Node[16];
    children[path[0]] =
        path.length == 1 ? extension.child() : new Extension(tail(path), extension.child());
    return updateChildren(extension, children, depth, updates, from, to, sealer);
  }

  private static byte[] tail(byte[] path) {
    byte[] rest = new byte[path.length - 1];
    System.arraycopy(path, 1, rest, 0, rest.length);
    return rest;
  }

  /**
   * @param before what the children were made of, and the answer where none of them changes
   */
  private static Node updateChildren(
      Node before, Node[] children, int depth, Update[] updates, int from, int to, Sealer sealer) {
    boolean changed;
    if (depth < FORK_DEPTH && to - from >= FORK_THRESHOLD) {
      changed = updateForked(children, depth, updates, from, to, sealer);
    } else {
      changed = updateRuns(children, depth, updates, from, to, sealer);
    }
    return changed ? collapse(children) : before;
  }

  /** Updates children one after another; whether any became another. */
  private static boolean updateRuns(
      Node[] children, int depth, Update[] updates, int from, int to, Sealer sealer) {
    boolean changed = false;
    int start = from;
    while (start < to) {
      int nibble = Nibbles.of(updates[start].key(), depth);
      int end = endOfRun(updates, start, to, depth, nibble);
      Node child = children[nibble];
      Node updated = update(child, depth + 1, updates, start, end, sealer);
      changed |= updated != child;
      children[nibble] = updated;
      start = end;
    }
    return changed;
  }

  private static int endOfRun(Update[] updates, int start, int to, int depth, int nibble) {
    int end = start + 1;
    while (end < to && Nibbles.of(updates[end].key(), depth) == nibble) {
      end++;
    }
    return end;
  }

  private static boolean updateForked(
      Node[] children, int depth, Update[] updates, int from, int to, Sealer sealer) {
    Node[] before = children.clone();
    List<RecursiveAction> tasks = new ArrayList<>(16);
    int start = from;
    while (start < to) {
      int nibble = Nibbles.of(updates[start].key(), depth);
      int end = endOfRun(updates, start, to, depth, nibble);
      tasks.add(new ChildTask(children, nibble, depth + 1, updates, start, end, sealer.fork()));
      start = end;
    }
    ForkJoinTask.invokeAll(tasks);
    for (int nibble = 0; nibble < 16; nibble++) {
      if (children[nibble] != before[nibble]) {
        return true;
      }
    }
    return false;
  }

  /** Works on one child of a branch in another thread, and seals what does not depend on depth. */
  private static final class ChildTask extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient Node[] children;
    private final int nibble;
    private final int depth;
    private final transient Update[] updates;
    private final int from;
    private final int to;
    private final transient Sealer sealer;

    ChildTask(
        Node[] children, int nibble, int depth, Update[] updates, int from, int to, Sealer sealer) {
      this.children = children;
      this.nibble = nibble;
      this.depth = depth;
      this.updates = updates;
      this.from = from;
      this.to = to;
      this.sealer = sealer;
    }

    @Override
    protected void compute() {
      Node updated = update(children[nibble], depth, updates, from, to, sealer);
      if (updated instanceof Branch branch) {
        sealer.seal(branch, depth);
      }
      children[nibble] = updated;
    }
  }

  /** The node for these children: none, an only child one level up, or a branch. */
  private static Node collapse(Node[] children) {
    int only = -1;
    for (int nibble = 0; nibble < 16; nibble++) {
      if (children[nibble] != null) {
        if (only >= 0) {
          return Branch.of(children);
        }
        only = nibble;
      }
    }
    return only < 0 ? null : prepend(new byte[] {(byte) only}, children[only]);
  }

  private static Node prepend(byte[] path, Node child) {
    if (child instanceof Leaf leaf) {
      return leaf.moved();
    }
    if (child instanceof Extension extension) {
      byte[] joined = new byte[path.length + extension.path().length];
      System.arraycopy(path, 0, joined, 0, path.length);
      System.arraycopy(extension.path(), 0, joined, path.length, extension.path().length);
      return new Extension(joined, extension.child());
    }
    if (child instanceof Unresolved) {
      // Whether it is a leaf, an extension or a branch decides the form of its parent.
      throw new MissingStateException("trie node " + child.hash() + ", the last one of its branch");
    }
    return new Extension(path, child);
  }
}
