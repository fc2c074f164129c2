package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a partial trie of encoded nodes. A node is taken only where its parent, and at the top the
 * root, refers to it by its hash, so every node of the trie is proven; nodes that nothing refers to
 * are left out. What is referred to and not there becomes {@link Unresolved}.
 */
final class NodeDecoder {
  private static final int LEAF_FLAG = 2;

  private final Map<Hash, byte[]> encoded = new HashMap<>();
  private int used;

  NodeDecoder(Iterable<byte[]> nodes) {
    for (byte[] node : nodes) {
      encoded.put(Keccak256.hash(node), node);
    }
  }

  /** Distinct nodes given. */
  int given() {
    return encoded.size();
  }

  /** Nodes that the trie is made of. */
  int used() {
    return used;
  }

  /**
   * The state trie with this root.
   *
   * @throws IllegalArgumentException where a node is not what a state trie can hold
   */
  Node stateRoot(Hash root) {
    return root(root, true);
  }

  private Node root(Hash root, boolean accounts) {
    return root.equals(NodeEncoder.EMPTY_ROOT)
        ? null
        : resolve(root, new byte[Nibbles.COUNT], 0, accounts);
  }

  /**
   * @param path the nibbles above the node in its first {@code depth} bytes; the rest is scratch
   */
  private Node resolve(Hash hash, byte[] path, int depth, boolean accounts) {
    byte[] bytes = encoded.get(hash);
    if (bytes == null) {
      return new Unresolved(hash);
    }
    used++;
    try {
      RlpReader whole = RlpReader.of(bytes);
      Node node = node(whole.list("trie node"), path, depth, accounts);
      whole.end("trie node");
      node.sealHashed(hash);
      return node;
    } catch (RlpException e) {
      throw new IllegalArgumentException("trie node " + hash + ": " + e.getMessage(), e);
    }
  }

  private Node node(RlpReader items, byte[] path, int depth, boolean accounts) {
    RlpReader ahead = RlpReader.of(items.array(), items.position(), items.remaining());
    int count = 0;
    while (ahead.hasNext()) {
      ahead.skip("trie node item");
      count++;
    }
    if (count == 17) {
      return branch(items, path, depth, accounts);
    }
    if (count == 2) {
      return leafOrExtension(items, path, depth, accounts);
    }
    throw new IllegalArgumentException("a trie node of " + count + " items");
  }

  private Node branch(RlpReader items, byte[] path, int depth, boolean accounts) {
    if (depth >= Nibbles.COUNT) {
      throw new IllegalArgumentException("a trie branch below a whole key");
    }
    Node[] children = new Node[16];
    int present = 0;
    for (int nibble = 0; nibble < 16; nibble++) {
      path[depth] = (byte) nibble;
      children[nibble] = child(items, path, depth + 1, accounts);
      present += children[nibble] == null ? 0 : 1;
    }
    if (items.bytes("branch value").length != 0 || present < 2) {
      throw new IllegalArgumentException("a trie branch with a value or with one child");
    }
    return Branch.of(children);
  }

  /** The child that the next item refers to, or null. */
  private Node child(RlpReader items, byte[] path, int depth, boolean accounts) {
    if (items.nextIsList()) {
      int start = items.position();
      Node node = node(items.list("embedded node"), path, depth, accounts);
      if (items.position() - start >= 32) {
        throw new IllegalArgumentException("an embedded trie node of 32 bytes or more");
      }
      node.sealEmbedded();
      return node;
    }
    byte[] reference = items.bytes("node reference");
    return reference.length == 0 ? null : resolve(Hash.ofBytes(reference), path, depth, accounts);
  }

  private Node leafOrExtension(RlpReader items, byte[] path, int depth, boolean accounts) {
    byte[] prefixed = items.bytes("trie path");
    int flag = prefixed.length == 0 ? 4 : (prefixed[0] & 0xFF) >>> 4;
    int count = 2 * prefixed.length - 2 + (flag & 1);
    boolean padded = (flag & 1) == 1 || (flag <= 3 && (prefixed[0] & 15) == 0);
    if (!padded || flag > 3 || depth + count > Nibbles.COUNT) {
      throw new IllegalArgumentException("a trie path that is none");
    }
    byte[] nibbles = new byte[count];
    for (int i = 0; i < count; i++) {
      int at = i + 2 - (flag & 1);
      int octet = prefixed[at / 2];
      nibbles[i] = (byte) ((at & 1) == 0 ? octet >>> 4 & 15 : octet & 15);
    }
    System.arraycopy(nibbles, 0, path, depth, count);
    if (flag >= LEAF_FLAG) {
      if (depth + count != Nibbles.COUNT) {
        throw new IllegalArgumentException("a trie leaf whose key has not 32 bytes");
      }
      return leaf(key(path), items.region("trie value"), accounts);
    }
    Node child = count == 0 ? null : child(items, path, depth + count, accounts);
    if (child == null || child instanceof Leaf || child instanceof Extension) {
      throw new IllegalArgumentException("a trie extension that does not lead to a branch");
    }
    return new Extension(nibbles, child);
  }

  private Node leaf(Hash key, RlpReader value, boolean accounts) {
    if (!accounts) {
      UInt256 slot = value.uint256("slot value");
      value.end("slot value");
      if (slot.isZero()) {
        throw new IllegalArgumentException("a trie leaf for a slot of value zero");
      }
      return new SlotLeaf(key, slot);
    }
    RlpReader fields = value.list("account");
    value.end("account");
    long nonce = fields.uint64("account nonce");
    UInt256 balance = fields.uint256("account balance");
    Hash storageRoot = fields.hash("account storage root");
    Hash codeHash = fields.hash("account code hash");
    fields.end("account");
    return new AccountLeaf(key, new Account(nonce, balance, codeHash), root(storageRoot, false));
  }

  private static Hash key(byte[] path) {
    byte[] key = new byte[32];
    for (int i = 0; i < 32; i++) {
      key[i] = (byte) (path[2 * i] << 4 | path[2 * i + 1]);
    }
    return Hash.ofBytes(key);
  }
}
