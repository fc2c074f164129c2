package io.rekindle.partitioner.learn;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.UInt256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keccak-256 of preimages, of which the last ones are remembered: predictions name the same entry
 * of a mapping again and again, for each member of a struct in it and for each call by its owner.
 * One thread at a time.
 */
final class PreimageHashes {
  private static final int BITS = 12;

  /** A longer preimage is not remembered; the memory stays below a megabyte. */
  private static final int LONGEST = 96;

  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] preimages = new byte[1 << BITS][];
  private final UInt256[] hashes = new UInt256[1 << BITS];

  /**
   * The hash as a word.
   *
   * @param preimage not changed afterwards
   */
  UInt256 of(byte[] preimage) {
    if (preimage.length > LONGEST) {
      return UInt256.ofHash(Keccak256.hash(preimage));
    }
    int place = place(preimage);
    if (!Arrays.equals(preimages[place], preimage)) {
      preimages[place] = preimage;
      hashes[place] = UInt256.ofHash(Keccak256.hash(preimage));
    }
    return hashes[place];
  }

  /** Taken from eight bytes at a time: most preimages are two words of 32. */
  private static int place(byte[] preimage) {
    long hash = preimage.length;
    int at = 0;
    for (; at + Long.BYTES <= preimage.length; at += Long.BYTES) {
      hash = mixed(hash, (long) WORDS.get(preimage, at));
    }
    for (; at < preimage.length; at++) {
      hash = mixed(hash, preimage[at]);
    }
    return (int) (hash >>> (Long.SIZE - BITS));
  }

  private static long mixed(long hash, long word) {
    long mixed = (hash ^ word) * GOLDEN_RATIO;
    return mixed ^ (mixed >>> 32);
  }
}
