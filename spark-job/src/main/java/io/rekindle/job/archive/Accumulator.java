package io.rekindle.job.archive;

import io.rekindle.evm.crypto.Sha2;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The historical hashes accumulator: SSZ's {@code hash_tree_root} of a list of header records, each
 * a block hash and a total difficulty. A record's root is the SHA-256 of its two 32-byte chunks,
 * the difficulty little-endian; the list is a binary tree of them, padded with zeros to its limit,
 * with the length mixed in.
 *
 * @see <a
 *     href="https://github.com/ethereum/consensus-specs/blob/dev/ssz/simple-serialize.md">SSZ</a>
 */
final class Accumulator {
  private static final int CHUNK = 32;

  private final int depth;
  private final List<byte[]> leaves = new ArrayList<>();
  private final MessageDigest sha256 = Sha2.newSha256();

  /**
   * @param limit of the list's length, a power of two
   */
  Accumulator(int limit) {
    this.depth = Integer.numberOfTrailingZeros(limit);
  }

  void add(Hash blockHash, UInt256 totalDifficulty) {
    leaves.add(pair(blockHash.toBytes(), littleEndian(totalDifficulty)));
  }

  Hash root() {
    List<byte[]> level = leaves;
    byte[] zero = new byte[CHUNK];
    for (int height = 0; height < depth; height++) {
      List<byte[]> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i < level.size(); i += 2) {
        above.add(pair(level.get(i), i + 1 < level.size() ? level.get(i + 1) : zero));
      }
      zero = pair(zero, zero);
      level = above;
    }
    byte[] top = level.isEmpty() ? zero : level.get(0);
    return Hash.ofBytes(pair(top, littleEndian(UInt256.of(leaves.size()))));
  }

  private byte[] pair(byte[] left, byte[] right) {
    sha256.update(left);
    return sha256.digest(right);
  }

  private static byte[] littleEndian(UInt256 value) {
    byte[] bigEndian = value.toBytes();
    byte[] bytes = new byte[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      bytes[i] = bigEndian[CHUNK - 1 - i];
    }
    return bytes;
  }
}
