package io.rekindle.job.generate;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * A binary hash tree over a power of two of leaves, in which the smaller of two siblings is hashed
 * first, so that a proof needs no word about sides: as {@code Airdrop.sol} verifies it.
 */
final class MerkleTree {
  /** Leaves first, the root alone last. */
  private final List<List<Hash>> levels = new ArrayList<>();

  /**
   * @throws IllegalArgumentException where the count of leaves is no power of two
   */
  MerkleTree(List<Hash> leaves) {
    if (Integer.bitCount(leaves.size()) != 1) {
      throw new IllegalArgumentException("a power of two of leaves, not " + leaves.size());
    }
    List<Hash> level = List.copyOf(leaves);
    levels.add(level);
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(parent(level.get(i), level.get(i + 1)));
      }
      level = above;
      levels.add(level);
    }
  }

  static Hash parent(Hash one, Hash other) {
    boolean ordered = one.compareTo(other) < 0;
    return Keccak256.hash(
        Abi.join((ordered ? one : other).toBytes(), (ordered ? other : one).toBytes()));
  }

  Hash root() {
    return levels.get(levels.size() - 1).get(0);
  }

  /** The siblings on the way from a leaf up to the root. */
  List<Hash> proof(int leaf) {
    List<Hash> siblings = new ArrayList<>();
    for (int level = 0; level < levels.size() - 1; level++) {
      siblings.add(levels.get(level).get((leaf >> level) ^ 1));
    }
    return siblings;
  }
}
