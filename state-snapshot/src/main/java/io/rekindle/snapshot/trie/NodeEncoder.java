package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes nodes as the Yellow Paper's appendix D has them (RLP, with hex-prefixed paths) into a
 * buffer that it does not own. Made for hashing: lengths are known before anything is written, so
 * every byte is written once.
 */
final class NodeEncoder {
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Keccak-256 of the encoding of an empty trie. */
  static final Hash EMPTY_ROOT =
      Hash.ofHex("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

  /** A string header's byte and a hash. */
  private static final int HASH_ITEM = 33;

  private final byte[] buffer;
  private final byte[] scratch = new byte[32];

  NodeEncoder(byte[] buffer) {
    this.buffer = buffer;
  }

  /**
   * Writes a node whose children are sealed; gives the index behind it.
   *
   * @param depth nibbles above the node
   */
  int encode(Node node, int depth, int at) {
    if (node instanceof Branch branch) {
      return encodeBranch(branch, depth, at);
    }
    if (node instanceof AccountLeaf leaf) {
      return encodeAccount(leaf, depth, at);
    }
    if (node instanceof SlotLeaf leaf) {
      return encodeSlot(leaf, depth, at);
    }
    if (node instanceof Extension extension) {
      return encodeExtension(extension, depth, at);
    }
    throw new IllegalStateException("nothing to encode of node " + node.hash());
  }

  /** Takes all children to be hashed, as nearly all are, and begins again where one is not. */
  private int encodeBranch(Branch branch, int depth, int at) {
    Node[] packed = branch.packed();
    int position = listHeader(17 + (HASH_ITEM - 1) * packed.length, at);
    int mask = branch.mask();
    int index = 0;
    for (int nibble = 0; nibble < 16; nibble++) {
      if ((mask >>> nibble & 1) == 0) {
        buffer[position++] = (byte) 0x80;
      } else {
        Node child = packed[index++];
        if (child.isEmbedded()) {
          return encodeBranchWithEmbedded(branch, depth, at);
        }
        position = hash(child.hash3, child.hash2, child.hash1, child.hash0, position);
      }
    }
    buffer[position++] = (byte) 0x80;
    return position;
  }

  private int encodeBranchWithEmbedded(Branch branch, int depth, int at) {
    int payload = 17 - branch.packed().length;
    for (Node child : branch.packed()) {
      payload += referenceLength(child, depth + 1);
    }
    int position = listHeader(payload, at);
    for (int nibble = 0; nibble < 16; nibble++) {
      Node child = branch.child(nibble);
      if (child == null) {
        buffer[position++] = (byte) 0x80;
      } else {
        position = reference(child, depth + 1, position);
      }
    }
    buffer[position++] = (byte) 0x80;
    return position;
  }

  private int encodeExtension(Extension extension, int depth, int at) {
    byte[] path = extension.path();
    int childDepth = depth + path.length;
    int payload = pathLength(path.length) + referenceLength(extension.child(), childDepth);
    int position = listHeader(payload, at);
    int bytes = path.length / 2 + 1;
    if (bytes > 1) {
      buffer[position++] = (byte) (0x80 + bytes);
    }
    int index = path.length & 1;
    buffer[position++] = (byte) (index == 0 ? 0 : 0x10 | path[0]);
    for (; index < path.length; index += 2) {
      buffer[position++] = (byte) (path[index] << 4 | path[index + 1]);
    }
    return reference(extension.child(), childDepth, position);
  }

  private int encodeAccount(AccountLeaf leaf, int depth, int at) {
    int nonceLength = wordLength(0, 0, 0, leaf.nonce);
    int balanceLength = wordLength(leaf.balance3, leaf.balance2, leaf.balance1, leaf.balance0);
    int fields = nonceLength + balanceLength + 2 * HASH_ITEM;
    // Two hashes alone make it longer than 55 bytes: both headers have a length byte.
    int payload = pathLength(Nibbles.COUNT - depth) + 2 + 2 + fields;
    int position = path(leaf, depth, listHeader(payload, at));
    buffer[position++] = (byte) 0xb8;
    buffer[position++] = (byte) (2 + fields);
    buffer[position++] = (byte) 0xf8;
    buffer[position++] = (byte) fields;
    position = word(0, 0, 0, leaf.nonce, nonceLength, position);
    position =
        word(leaf.balance3, leaf.balance2, leaf.balance1, leaf.balance0, balanceLength, position);
    Node storage = leaf.storage();
    Hash root = EMPTY_ROOT;
    position =
        storage == null
            ? hash(root.limb3(), root.limb2(), root.limb1(), root.limb0(), position)
            : hash(storage.hash3, storage.hash2, storage.hash1, storage.hash0, position);
    Hash code = leaf.codeHash;
    return hash(code.limb3(), code.limb2(), code.limb1(), code.limb0(), position);
  }

  private int encodeSlot(SlotLeaf leaf, int depth, int at) {
    int valueLength = wordLength(leaf.value3, leaf.value2, leaf.value1, leaf.value0);
    int payload = pathLength(Nibbles.COUNT - depth) + valueLength + (valueLength > 1 ? 1 : 0);
    int position = path(leaf, depth, listHeader(payload, at));
    if (valueLength > 1) {
      buffer[position++] = (byte) (0x80 + valueLength);
    }
    return word(leaf.value3, leaf.value2, leaf.value1, leaf.value0, valueLength, position);
  }

  // ---------------------------------------------------------------- pieces

  private int listHeader(int payload, int at) {
    int position = at;
    if (payload < 56) {
      buffer[position++] = (byte) (0xc0 + payload);
    } else if (payload < 256) {
      buffer[position++] = (byte) 0xf8;
      buffer[position++] = (byte) payload;
    } else {
      buffer[position++] = (byte) 0xf9;
      buffer[position++] = (byte) (payload >>> 8);
      buffer[position++] = (byte) payload;
    }
    return position;
  }

  private int referenceLength(Node child, int depth) {
    // An embedded node is short and rare: it is written twice rather than measured by other code.
    return child.isEmbedded() ? new NodeEncoder(new byte[32]).encode(child, depth, 0) : HASH_ITEM;
  }

  private int reference(Node child, int depth, int at) {
    return child.isEmbedded()
        ? encode(child, depth, at)
        : hash(child.hash3, child.hash2, child.hash1, child.hash0, at);
  }

  private int hash(long hash3, long hash2, long hash1, long hash0, int at) {
    buffer[at] = (byte) 0xa0;
    BIG_ENDIAN.set(buffer, at + 1, hash3);
    BIG_ENDIAN.set(buffer, at + 9, hash2);
    BIG_ENDIAN.set(buffer, at + 17, hash1);
    BIG_ENDIAN.set(buffer, at + 25, hash0);
    return at + HASH_ITEM;
  }

  /** Bytes of a hex-prefixed path as an RLP item. */
  private static int pathLength(int nibbles) {
    int bytes = nibbles / 2 + 1;
    return bytes == 1 ? 1 : bytes + 1;
  }

  private int path(Leaf leaf, int depth, int at) {
    int position = at;
    int bytes = (Nibbles.COUNT - depth) / 2 + 1;
    if (bytes > 1) {
      buffer[position++] = (byte) (0x80 + bytes);
    }
    buffer[position++] = (byte) ((depth & 1) == 0 ? 0x20 : 0x30 | leaf.nibble(depth));
    toScratch(leaf.key3, leaf.key2, leaf.key1, leaf.key0);
    System.arraycopy(scratch, 33 - bytes, buffer, position, bytes - 1);
    return position + bytes - 1;
  }

  /** Bytes of a number as an RLP item. */
  private static int wordLength(long limb3, long limb2, long limb1, long limb0) {
    int above = 0;
    long top = limb0;
    if (limb3 != 0) {
      above = 192;
      top = limb3;
    } else if (limb2 != 0) {
      above = 128;
      top = limb2;
    } else if (limb1 != 0) {
      above = 64;
      top = limb1;
    }
    int bits = above + 64 - Long.numberOfLeadingZeros(top);
    return bits < 8 ? 1 : 1 + (bits + 7) / 8;
  }

  private int word(long limb3, long limb2, long limb1, long limb0, int length, int at) {
    if (length == 1) {
      buffer[at] = limb0 == 0 ? (byte) 0x80 : (byte) limb0;
      return at + 1;
    }
    toScratch(limb3, limb2, limb1, limb0);
    buffer[at] = (byte) (0x80 + length - 1);
    System.arraycopy(scratch, 33 - length, buffer, at + 1, length - 1);
    return at + length;
  }

  private void toScratch(long limb3, long limb2, long limb1, long limb0) {
    BIG_ENDIAN.set(scratch, 0, limb3);
    BIG_ENDIAN.set(scratch, 8, limb2);
    BIG_ENDIAN.set(scratch, 16, limb1);
    BIG_ENDIAN.set(scratch, 24, limb0);
  }
}
