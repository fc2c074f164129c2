package io.rekindle.merge.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireFormTest {
  /** The least and the greatest number of each length in bits. */
  private static List<UInt256> words() {
    List<UInt256> words = new ArrayList<>(List.of(UInt256.ZERO));
    for (int bits = 1; bits <= 256; bits++) {
      BigInteger end = BigInteger.ONE.shiftLeft(bits);
      words.add(UInt256.of(end.shiftRight(1)));
      words.add(UInt256.of(end.subtract(BigInteger.ONE)));
    }
    return words;
  }

  @Test
  void aWordComesBackWhereverItStands() {
    for (UInt256 word : words()) {
      for (int after = 0; after <= 40; after++) {
        byte[] following = new byte[after];
        Arrays.fill(following, (byte) 0xff);
        byte[] bytes = new WireWriter(0).word(word).raw(following, 0, after).toBytes();
        assertEquals(1 + (word.bitLength() + 7) / 8 + after, bytes.length);

        WireReader in = new WireReader(bytes);
        assertEquals(word, in.word());
        assertEquals(bytes.length - after, in.position());
      }
    }
  }

  @Test
  void wordsStandOneAfterTheOther() {
    UInt256[] words = words().toArray(new UInt256[0]);
    WireReader in = new WireReader(new WireWriter(0).words(words).flag(true).toBytes());
    assertArrayEquals(words, in.words());
    assertTrue(in.flag());
    assertTrue(in.atEnd());
  }

  @Test
  void aDamagedLengthIsRefused() {
    byte[] bytes = new byte[80];
    for (int length : new int[] {33, 127, -1, -128}) {
      bytes[0] = (byte) length;
      assertThrows(IndexOutOfBoundsException.class, () -> new WireReader(bytes).word());
    }
    byte[] cut = {32, 1, 2, 3};
    assertThrows(IndexOutOfBoundsException.class, () -> new WireReader(cut).word());
  }
}
