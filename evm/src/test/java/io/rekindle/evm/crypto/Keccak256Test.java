package io.rekindle.evm.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rekindle.evm.word.Hash;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;

/** Against BouncyCastle's, at all lengths around the borders of blocks and lanes. */
class Keccak256Test {
  @Test
  void nothingAndAbc() {
    assertEquals(
        Hash.ofHex("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        Keccak256.hash(new byte[0]));
    assertEquals(
        Hash.ofHex("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
        Keccak256.hash(new byte[] {'a', 'b', 'c'}));
  }

  @Property
  void allFormsAgreeWithBouncyCastle(
      @ForAll @Size(max = 600) byte[] bytes, @ForAll @IntRange(max = 40) int offset) {
    byte[] shifted = new byte[offset + bytes.length + 3];
    Arrays.fill(shifted, (byte) 0x5a);
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    byte[] expected = bouncyCastle(bytes);
    assertArrayEquals(expected, Keccak256.digest(shifted, offset, bytes.length));
    assertEquals(Hash.ofBytes(expected), Keccak256.hash(shifted, offset, bytes.length));
    byte[] out = new byte[40];
    Keccak256.digest(shifted, offset, bytes.length, out, 5);
    assertArrayEquals(expected, Arrays.copyOfRange(out, 5, 37));
    long[] limbs = new long[6];
    Keccak256.hash(shifted, offset, bytes.length, limbs, 1);
    assertEquals(Hash.ofBytes(expected), Hash.of(limbs[4], limbs[3], limbs[2], limbs[1]));
  }

  @Test
  void everyLengthUpToThreeBlocks() {
    byte[] bytes = new byte[3 * 136 + 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + 7);
    }
    for (int length = 0; length <= bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertArrayEquals(bouncyCastle(part), Keccak256.digest(part, 0, length), "length " + length);
    }
  }

  @Test
  void aRegionBeyondTheArrayIsRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> Keccak256.hash(new byte[40], 20, 30));
  }

  private static byte[] bouncyCastle(byte[] bytes) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(bytes, 0, bytes.length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }
}
