package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Hash;

/** Half bytes of 32-byte keys, the first at depth 0. */
final class Nibbles {
  /** Nibbles of a key. */
  static final int COUNT = 64;

  private Nibbles() {}

  static int of(long key3, long key2, long key1, long key0, int depth) {
    long limb =
        switch (depth >>> 4) {
          case 0 -> key3;
          case 1 -> key2;
          case 2 -> key1;
          default -> key0;
        };
    return (int) (limb >>> (60 - 4 * (depth & 15))) & 15;
  }

  static int of(Hash key, int depth) {
    return of(key.limb3(), key.limb2(), key.limb1(), key.limb0(), depth);
  }

  /** Whether the key's nibbles from {@code depth} on start with the path. */
  static boolean matches(Hash key, int depth, byte[] path) {
    for (int i = 0; i < path.length; i++) {
      if (of(key, depth + i) != path[i]) {
        return false;
      }
    }
    return true;
  }
}
