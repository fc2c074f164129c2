package io.rekindle.evm.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Against appendix D taken literally: maps of nibble strings, split again and again. */
class TrieRootTest {
  @Test
  void knownRoots() {
    assertEquals(
        Hash.ofHex("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"),
        TrieRoot.EMPTY);
    assertEquals(
        Hash.ofHex("8aad789dff2f538bca5d8ea56e8abe10f4c7ba3a5dea95fea4cd6e7c3a1168d3"),
        TrieRoot.of(pairs("doe", "reindeer", "dog", "puppy", "dogglesworth", "cat")));
    assertEquals(
        Hash.ofHex("5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84"),
        TrieRoot.of(pairs("do", "verb", "horse", "stallion", "doge", "coin", "dog", "puppy")));
  }

  private static SortedMap<byte[], byte[]> pairs(String... keysAndValues) {
    SortedMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      pairs.put(
          keysAndValues[i].getBytes(StandardCharsets.US_ASCII),
          keysAndValues[i + 1].getBytes(StandardCharsets.US_ASCII));
    }
    return pairs;
  }

  @Property
  void anyPairs(@ForAll @Size(max = 40) List<@Size(max = 4) byte[]> keys) {
    SortedMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
    for (byte[] key : keys) {
      pairs.put(key, Arrays.copyOf(new byte[] {1, 2, 3}, 1 + 13 * key.length));
    }
    assertEquals(naive(pairs), TrieRoot.of(pairs));
  }

  @Property(tries = 60)
  void lists(@ForAll @IntRange(max = 400) int count) {
    List<byte[]> list = new ArrayList<>();
    SortedMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < count; i++) {
      byte[] value = Arrays.copyOf(new byte[] {7}, 1 + i % 50);
      list.add(value);
      pairs.put(new RlpWriter().uint64(i).toBytes(), value);
    }
    assertEquals(naive(pairs), TrieRoot.ofList(list));
  }

  @Test
  void whatIsNotSortedIsRefused() {
    byte[][] keys = {{2}, {1}};
    byte[][] values = {{1}, {1}};
    assertThrows(IllegalArgumentException.class, () -> TrieRoot.of(keys, values));
  }

  private static Hash naive(SortedMap<byte[], byte[]> pairs) {
    SortedMap<String, byte[]> nibbles = new TreeMap<>();
    pairs.forEach((key, value) -> nibbles.put(Hex.encode(key).substring(2), value));
    return nibbles.isEmpty()
        ? Keccak256.hash(new RlpWriter().bytes(new byte[0]).toBytes())
        : Keccak256.hash(node(nibbles));
  }

  private static byte[] node(SortedMap<String, byte[]> pairs) {
    RlpWriter writer = new RlpWriter();
    final int list = writer.startList();
    if (pairs.size() == 1) {
      writer.bytes(hexPrefix(pairs.firstKey(), "2", "3")).bytes(pairs.get(pairs.firstKey()));
      return writer.endList(list).toBytes();
    }
    String shared = shared(pairs);
    if (!shared.isEmpty()) {
      writer.bytes(hexPrefix(shared, "0", "1")).raw(reference(without(pairs, shared)));
      return writer.endList(list).toBytes();
    }
    for (int nibble = 0; nibble < 16; nibble++) {
      SortedMap<String, byte[]> child = without(pairs, Integer.toHexString(nibble));
      writer.raw(child.isEmpty() ? new byte[] {(byte) 0x80} : reference(child));
    }
    writer.bytes(pairs.getOrDefault("", new byte[0]));
    return writer.endList(list).toBytes();
  }

  private static byte[] reference(SortedMap<String, byte[]> pairs) {
    byte[] node = node(pairs);
    return node.length < 32 ? node : new RlpWriter().hash(Keccak256.hash(node)).toBytes();
  }

  private static String shared(SortedMap<String, byte[]> pairs) {
    String shared = pairs.firstKey();
    for (String key : pairs.keySet()) {
      while (!key.startsWith(shared)) {
        shared = shared.substring(0, shared.length() - 1);
      }
    }
    return shared;
  }

  private static SortedMap<String, byte[]> without(SortedMap<String, byte[]> pairs, String prefix) {
    SortedMap<String, byte[]> rest = new TreeMap<>();
    pairs.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            rest.put(key.substring(prefix.length()), value);
          }
        });
    return rest;
  }

  private static byte[] hexPrefix(String nibbles, String even, String odd) {
    return Hex.decode(nibbles.length() % 2 == 0 ? even + "0" + nibbles : odd + nibbles);
  }
}
