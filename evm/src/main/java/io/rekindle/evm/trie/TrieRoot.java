package io.rekindle.evm.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * The root of a Merkle Patricia trie over pairs sorted by key. Since the pairs are sorted, every
 * subtrie is a range of them: a range whose keys share nibbles is an extension, one that splits at
 * a nibble a branch, a single pair a leaf. A node is put into its parent whole where its RLP is
 * shorter than 32 bytes, else by hash.
 */
public final class TrieRoot {
  /** The root of a trie without pairs: Keccak-256 of the RLP of an empty string. */
  public static final Hash EMPTY = Keccak256.hash(new byte[] {(byte) 0x80});

  private final byte[][] keys;
  private final byte[][] values;

  private TrieRoot(byte[][] keys, byte[][] values) {
    this.keys = keys;
    this.values = values;
  }

  /** Values keyed by the RLP of their index: transactions, receipts, withdrawals. */
  public static Hash ofList(List<byte[]> list) {
    int count = list.size();
    List<byte[]> keys = new ArrayList<>(count);
    List<byte[]> values = new ArrayList<>(count);
    // 1..127 are their own encoding, 0 is 0x80, and those from 128 on start with 0x81 or more.
    for (int i = 1; i < Math.min(count, 128); i++) {
      keys.add(index(i));
      values.add(list.get(i));
    }
    if (count > 0) {
      keys.add(index(0));
      values.add(list.get(0));
    }
    for (int i = 128; i < count; i++) {
      keys.add(index(i));
      values.add(list.get(i));
    }
    return of(keys.toArray(new byte[0][]), values.toArray(new byte[0][]));
  }

  private static byte[] index(int i) {
    return new RlpWriter(64).uint64(i).toBytes();
  }

  /** Pairs of a map sorted by its keys' unsigned bytes; empty values are not allowed. */
  public static Hash of(SortedMap<byte[], byte[]> pairs) {
    return of(pairs.keySet().toArray(new byte[0][]), pairs.values().toArray(new byte[0][]));
  }

  /**
   * @param keys sorted by their unsigned bytes, no two equal
   * @param values none empty, in the order of the keys
   * @throws IllegalArgumentException where that does not hold
   */
  public static Hash of(byte[][] keys, byte[][] values) {
    if (keys.length != values.length) {
      throw new IllegalArgumentException(keys.length + " keys and " + values.length + " values");
    }
    for (int i = 0; i < keys.length; i++) {
      if (i > 0 && Arrays.compareUnsigned(keys[i - 1], keys[i]) >= 0) {
        throw new IllegalArgumentException("keys out of order at " + i);
      }
      if (values[i].length == 0) {
        throw new IllegalArgumentException("an empty value at " + i);
      }
    }
    if (keys.length == 0) {
      return EMPTY;
    }
    RlpWriter root = new TrieRoot(keys, values).node(0, keys.length, 0);
    return Keccak256.hash(root.array(), 0, root.size());
  }

  /** The node over pairs {@code from} to {@code to}, whose keys agree in {@code depth} nibbles. */
  private RlpWriter node(int from, int to, int depth) {
    RlpWriter writer = new RlpWriter(128);
    final int list = writer.startList();
    if (to - from == 1) {
      writer.bytes(path(keys[from], depth, 2 * keys[from].length, 0x20)).bytes(values[from]);
      return writer.endList(list);
    }
    int shared = sharedNibbles(from, to, depth);
    if (shared > depth) {
      writer.bytes(path(keys[from], depth, shared, 0));
      reference(writer, node(from, to, shared));
      return writer.endList(list);
    }
    int next = from;
    boolean ends = 2 * keys[from].length == depth;
    if (ends) {
      next++;
    }
    for (int nibble = 0; nibble < 16; nibble++) {
      int first = next;
      while (next < to && nibble(keys[next], depth) == nibble) {
        next++;
      }
      if (first == next) {
        writer.rawByte(0x80);
      } else {
        reference(writer, node(first, next, depth + 1));
      }
    }
    if (ends) {
      writer.bytes(values[from]);
    } else {
      writer.rawByte(0x80);
    }
    return writer.endList(list);
  }

  private static void reference(RlpWriter writer, RlpWriter node) {
    if (node.size() < 32) {
      writer.raw(node.toBytes());
    } else {
      writer.hash(Keccak256.hash(node.array(), 0, node.size()));
    }
  }

  /** How many nibbles all keys of the range share; as they are sorted, first and last decide. */
  private int sharedNibbles(int from, int to, int depth) {
    byte[] first = keys[from];
    byte[] last = keys[to - 1];
    int limit = 2 * Math.min(first.length, last.length);
    int shared = depth;
    while (shared < limit && nibble(first, shared) == nibble(last, shared)) {
      shared++;
    }
    return shared;
  }

  private static int nibble(byte[] key, int index) {
    int b = key[index >> 1] & 0xff;
    return (index & 1) == 0 ? b >> 4 : b & 15;
  }

  /** Hex-prefix encoding of a key's nibbles (Yellow Paper, appendix C). */
  private static byte[] path(byte[] key, int from, int to, int flag) {
    int count = to - from;
    byte[] path = new byte[count / 2 + 1];
    path[0] = (byte) flag;
    int next = from;
    if ((count & 1) == 1) {
      path[0] = (byte) (flag | 0x10 | nibble(key, next++));
    }
    for (int i = 1; i < path.length; i++) {
      path[i] = (byte) (nibble(key, next) << 4 | nibble(key, next + 1));
      next += 2;
    }
    return path;
  }
}
