package io.rekindle.benchmarks;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.snapshot.trie.TrieMeter;
import java.util.Random;

/**
 * Hashes as many bytes as a trie hashed, in pieces of the same lengths in random order, and does
 * nothing else.
 */
final class KeccakOfNodes {
  private static final int MAX_LENGTH = 1024;

  private static final byte[] BYTES = new byte[1 << 16];

  static {
    new Random(2).nextBytes(BYTES);
  }

  private final short[] lengths;
  private long sum;

  KeccakOfNodes(TrieMeter meter) {
    Random random = new Random(1);
    lengths = new short[Math.toIntExact(meter.nodes())];
    int count = 0;
    for (int length = 0; length < MAX_LENGTH; length++) {
      for (long left = meter.nodesOfLength(length); left > 0; left--) {
        int place = random.nextInt(count + 1);
        lengths[count++] = lengths[place];
        lengths[place] = (short) length;
      }
    }
  }

  void run() {
    int at = 0;
    for (short length : lengths) {
      sum += Keccak256.hash(BYTES, at, length).limb0();
      at = (at + length) & (BYTES.length - MAX_LENGTH - 1);
    }
    if (sum == 0) {
      throw new IllegalStateException("so many hashes do not add up to nothing");
    }
  }
}
