package io.rekindle.evm.precompile;

import io.rekindle.evm.fork.ModexpRule;
import java.math.BigInteger;

/**
 * What MODEXP costs: the square of the operands' length, more or less, times the exponent's bits
 * (EIP-198, EIP-2565, EIP-7883). Lengths are any 256-bit numbers, so the general way is by
 * BigInteger; lengths that occur fit a long throughout.
 */
final class ModexpPrice {
  /** Up to this length no product below leaves a long. */
  private static final int SMALL = 1 << 16;

  private ModexpPrice() {}

  static long of(ModexpRule rule, byte[] input) {
    BigInteger baseLength = Input.number(input, 0, 32);
    BigInteger exponentLength = Input.number(input, 32, 32);
    BigInteger longest = baseLength.max(Input.number(input, 64, 32));
    int headLength = exponentLength.min(BigInteger.valueOf(32)).intValue();
    int headBits = 0;
    if (baseLength.bitLength() < 32) {
      headBits = Input.number(input, 96 + baseLength.longValue(), headLength).bitLength();
    }
    int headSteps = Math.max(0, headBits - 1);
    if (exponentLength.bitLength() <= 16 && longest.bitLength() <= 16) {
      return small(rule, longest.longValue(), exponentLength.longValue(), headSteps);
    }
    return large(rule, longest, exponentLength, headSteps);
  }

  private static long small(ModexpRule rule, long longest, long exponentLength, int headSteps) {
    long tail = Math.max(0, exponentLength - 32);
    long words = (longest + 7) / 8;
    return switch (rule) {
      case EIP_198 -> squareish(longest) * Math.max(1, 8 * tail + headSteps) / 20;
      case EIP_2565 -> Math.max(200, words * words * Math.max(1, 8 * tail + headSteps) / 3);
      case EIP_7883 ->
          Math.max(
              500, (longest > 32 ? 2 * words * words : 16) * Math.max(1, 16 * tail + headSteps));
    };
  }

  private static long squareish(long length) {
    if (length <= 64) {
      return length * length;
    }
    return length <= 1024
        ? length * length / 4 + 96 * length - 3072
        : length * length / 16 + 480 * length - 199_680;
  }

  private static long large(
      ModexpRule rule, BigInteger longest, BigInteger exponentLength, int headSteps) {
    BigInteger tail = exponentLength.subtract(BigInteger.valueOf(32)).max(BigInteger.ZERO);
    BigInteger perByte = BigInteger.valueOf(rule == ModexpRule.EIP_7883 ? 16 : 8);
    BigInteger steps =
        tail.multiply(perByte).add(BigInteger.valueOf(headSteps)).max(BigInteger.ONE);
    BigInteger words = longest.add(BigInteger.valueOf(7)).shiftRight(3);
    BigInteger gas =
        switch (rule) {
          case EIP_198 -> squareish(longest).multiply(steps).divide(BigInteger.valueOf(20));
          case EIP_2565 -> words.multiply(words).multiply(steps).divide(BigInteger.valueOf(3));
          case EIP_7883 ->
              (longest.bitLength() > 5 && longest.compareTo(BigInteger.valueOf(32)) > 0
                      ? words.multiply(words).shiftLeft(1)
                      : BigInteger.valueOf(16))
                  .multiply(steps);
        };
    long least =
        switch (rule) {
          case EIP_198 -> 0;
          case EIP_2565 -> 200;
          case EIP_7883 -> 500;
        };
    return gas.bitLength() > 62 ? Long.MAX_VALUE : Math.max(least, gas.longValue());
  }

  private static BigInteger squareish(BigInteger length) {
    if (length.compareTo(BigInteger.valueOf(SMALL)) < 0) {
      return BigInteger.valueOf(squareish(length.longValue()));
    }
    return length
        .multiply(length)
        .shiftRight(4)
        .add(length.multiply(BigInteger.valueOf(480)))
        .subtract(BigInteger.valueOf(199_680));
  }
}
