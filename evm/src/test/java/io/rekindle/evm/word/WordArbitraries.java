package io.rekindle.evm.word;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Words for property tests, weighted toward what breaks carries, borrows and estimates. */
final class WordArbitraries {
  static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private WordArbitraries() {}

  static Arbitrary<BigInteger> words() {
    return Arbitraries.oneOf(edges(), limbs(), shortWords()).withoutEdgeCases();
  }

  /** Powers of two and their neighbours. */
  private static Arbitrary<BigInteger> edges() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 256), Arbitraries.integers().between(-2, 2))
        .as((bit, off) -> BigInteger.ONE.shiftLeft(bit).add(BigInteger.valueOf(off)).mod(MODULUS));
  }

  /** Four limbs, each often all zeros, all ones, or at a sign's edge. */
  private static Arbitrary<BigInteger> limbs() {
    Arbitrary<Long> limb =
        Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, -1L, -2L, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1),
            Arbitraries.longs());
    return Combinators.combine(limb, limb, limb, limb)
        .as((a, b, c, d) -> UInt256.of(a, b, c, d).toBigInteger());
  }

  private static Arbitrary<BigInteger> shortWords() {
    return Combinators.combine(limbs(), Arbitraries.integers().between(0, 255))
        .as(BigInteger::shiftRight);
  }

  static void put(long[] words, int at, BigInteger value) {
    UInt256.of(value).toLimbs(words, at);
  }

  static BigInteger get(long[] words, int at) {
    return UInt256.ofLimbs(words, at).toBigInteger();
  }

  static BigInteger signed(BigInteger word) {
    return word.testBit(255) ? word.subtract(MODULUS) : word;
  }
}
