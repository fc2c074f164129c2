package io.rekindle.partitioner.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.UInt256;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreimageHashesTest {
  @Test
  void whateverWasAskedBeforeTheHashIsRight() {
    PreimageHashes hashes = new PreimageHashes();
    Random random = new Random(7);
    // Most are asked several times, and places are shared by several.
    for (int i = 0; i < 40_000; i++) {
      byte[] preimage = new byte[random.nextInt(4) * 40];
      if (preimage.length > 0) {
        preimage[preimage.length - 1] = (byte) random.nextInt();
        preimage[preimage.length / 2] = (byte) random.nextInt(50);
      }
      assertEquals(UInt256.ofHash(Keccak256.hash(preimage)), hashes.of(preimage));
    }
  }
}
