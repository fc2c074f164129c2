package io.rekindle.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

class Blake2FTest {
  private static final long[] IV = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };
  private final Blake2F blake2F = new Blake2F();

  /** BLAKE2b-512 of one or two blocks, made of calls of the precompile. */
  private byte[] hash(byte[] message) {
    long[] start = IV.clone();
    start[0] ^= 0x01010040;
    ByteBuffer state = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    state.asLongBuffer().put(start);
    byte[] h = state.array();
    int done = 0;
    do {
      int length = Math.min(128, message.length - done);
      byte[] block = new byte[128];
      System.arraycopy(message, done, block, 0, length);
      done += length;
      h = blake2F.run(input(12, h, block, done, done == message.length ? 1 : 0));
    } while (done < message.length);
    return h;
  }

  private static byte[] input(int rounds, byte[] h, byte[] block, long counter, int last) {
    ByteBuffer input = ByteBuffer.allocate(213).putInt(rounds).put(h).put(block);
    input.order(ByteOrder.LITTLE_ENDIAN).putLong(counter).putLong(0).put((byte) last);
    return input.array();
  }

  @Test
  void twelveRoundsMakeBlake2b() {
    Random random = new Random(9);
    for (int length : new int[] {0, 1, 127, 128, 129, 300}) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      Blake2bDigest digest = new Blake2bDigest(512);
      digest.update(message, 0, length);
      byte[] expected = new byte[64];
      digest.doFinal(expected, 0);
      assertArrayEquals(expected, hash(message), length + " bytes");
    }
  }

  @Test
  void roundsArePricedUnsigned() {
    byte[] input = input(-1, new byte[64], new byte[128], 0, 1);
    assertEquals(0xFFFFFFFFL, blake2F.gas(input));
  }

  @Test
  void refusesOtherLengthsAndFlags() {
    assertNull(blake2F.run(new byte[212]));
    assertNull(blake2F.run(new byte[214]));
    assertNull(blake2F.run(input(1, new byte[64], new byte[128], 0, 2)));
  }
}
