package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The oracle: appendix D of the Yellow Paper word by word, from all keys and values each time. */
final class NaiveTrie {
  private NaiveTrie() {}

  static Hash root(SortedMap<Hash, byte[]> values) {
    if (values.isEmpty()) {
      return Keccak256.hash(new byte[] {(byte) 0x80});
    }
    return Keccak256.hash(node(List.copyOf(values.keySet()), values, 0));
  }

  static byte[] accountValue(Account account, Hash storageRoot) {
    return list(
        string(UInt256.of(account.nonce()).toMinimalBytes()),
        string(account.balance().toMinimalBytes()),
        string(storageRoot.toBytes()),
        string(account.codeHash().toBytes()));
  }

  static byte[] slotValue(UInt256 value) {
    return string(value.toMinimalBytes());
  }

  private static byte[] node(List<Hash> keys, SortedMap<Hash, byte[]> values, int depth) {
    if (keys.size() == 1) {
      return list(string(hexPrefix(keys.get(0), depth, 64, true)), string(values.get(keys.get(0))));
    }
    int shared = depth;
    while (allShare(keys, shared)) {
      shared++;
    }
    if (shared > depth) {
      return list(
          string(hexPrefix(keys.get(0), depth, shared, false)),
          reference(node(keys, values, shared)));
    }
    byte[][] items = new byte[17][];
    for (int nibble = 0; nibble < 16; nibble++) {
      List<Hash> below = new ArrayList<>();
      for (Hash key : keys) {
        if (nibble(key, depth) == nibble) {
          below.add(key);
        }
      }
      items[nibble] =
          below.isEmpty() ? string(new byte[0]) : reference(node(below, values, depth + 1));
    }
    items[16] = string(new byte[0]);
    return list(items);
  }

  private static boolean allShare(List<Hash> keys, int depth) {
    for (Hash key : keys) {
      if (nibble(key, depth) != nibble(keys.get(0), depth)) {
        return false;
      }
    }
    return true;
  }

  private static int nibble(Hash key, int depth) {
    int octet = key.toBytes()[depth / 2] & 0xff;
    return depth % 2 == 0 ? octet >> 4 : octet & 15;
  }

  private static byte[] reference(byte[] encoded) {
    return encoded.length < 32 ? encoded : string(Keccak256.hash(encoded).toBytes());
  }

  private static byte[] hexPrefix(Hash key, int from, int to, boolean leaf) {
    List<Integer> nibbles = new ArrayList<>();
    int flag = leaf ? 2 : 0;
    if ((to - from) % 2 == 1) {
      nibbles.add(flag + 1);
    } else {
      nibbles.add(flag);
      nibbles.add(0);
    }
    for (int depth = from; depth < to; depth++) {
      nibbles.add(nibble(key, depth));
    }
    byte[] bytes = new byte[nibbles.size() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (nibbles.get(2 * i) * 16 + nibbles.get(2 * i + 1));
    }
    return bytes;
  }

  private static byte[] string(byte[] bytes) {
    if (bytes.length == 1 && bytes[0] >= 0) {
      return bytes;
    }
    return prefixed(0x80, bytes);
  }

  private static byte[] list(byte[]... items) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (byte[] item : items) {
      payload.writeBytes(item);
    }
    return prefixed(0xc0, payload.toByteArray());
  }

  private static byte[] prefixed(int base, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (payload.length < 56) {
      out.write(base + payload.length);
    } else {
      byte[] length = UInt256.of(payload.length).toMinimalBytes();
      out.write(base + 55 + length.length);
      out.writeBytes(length);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }
}
