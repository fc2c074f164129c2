package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;
import java.util.Arrays;

/** Numbers in signed binary digits. */
public final class SignedDigits {
  private SignedDigits() {}

  /** The non-adjacent form of a positive number: -1, 0 or 1, the most significant first. */
  public static byte[] of(BigInteger number) {
    byte[] wnaf = wnaf(number, 2);
    byte[] digits = new byte[wnaf.length];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = wnaf[wnaf.length - 1 - i];
    }
    return digits;
  }

  /**
   * Odd digits of at most {@code width} bits with their sign, at least {@code width - 1} zeros
   * between them; the least significant first, the last not zero. Empty for 0.
   *
   * @param number not negative
   * @param width 2 to 8
   */
  public static byte[] wnaf(BigInteger number, int width) {
    byte[] digits = new byte[number.bitLength() + 1];
    int length = 0;
    int carry = 0;
    int bit = 0;
    while (bit < digits.length) {
      if ((number.testBit(bit) ? 1 : 0) == carry) {
        bit++;
        continue;
      }
      int digit = carry;
      for (int i = 0; i < width; i++) {
        digit += number.testBit(bit + i) ? 1 << i : 0;
      }
      carry = digit >> (width - 1);
      digits[bit] = (byte) (digit - (carry << width));
      length = bit + 1;
      bit += width;
    }
    return Arrays.copyOf(digits, length);
  }
}
