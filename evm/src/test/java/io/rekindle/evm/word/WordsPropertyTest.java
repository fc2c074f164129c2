package io.rekindle.evm.word;

import static io.rekindle.evm.word.WordArbitraries.MODULUS;
import static io.rekindle.evm.word.WordArbitraries.get;
import static io.rekindle.evm.word.WordArbitraries.put;
import static io.rekindle.evm.word.WordArbitraries.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Words against BigInteger. Operands lie as on the stack: b, then a on top; results over b. */
class WordsPropertyTest {
  private final long[] words = new long[16];
  private final Division division = new Division();

  @Provide
  Arbitrary<BigInteger> word() {
    return WordArbitraries.words();
  }

  private void put2(BigInteger a, BigInteger b) {
    put(words, 0, b);
    put(words, 4, a);
  }

  private void assertResult(BigInteger expected) {
    assertEquals(expected.mod(MODULUS), get(words, 0));
  }

  @Property
  void adds(@ForAll("word") BigInteger a, @ForAll("word") BigInteger b) {
    put2(a, b);
    Words.add(words, 4, 0, 0);
    assertResult(a.add(b));
  }

  @Property
  void subtracts(@ForAll("word") BigInteger a, @ForAll("word") BigInteger b) {
    put2(a, b);
    Words.subtract(words, 4, 0, 0);
    assertResult(a.subtract(b));
  }

  @Property
  void multiplies(@ForAll("word") BigInteger a, @ForAll("word") BigInteger b) {
    put2(a, b);
    Words.multiply(words, 4, 0, 0);
    assertResult(a.multiply(b));
    assertEquals(a.multiply(b).mod(MODULUS), UInt256.of(a).multiply(UInt256.of(b)).toBigInteger());
  }

  @Property
  void squaresInPlace(@ForAll("word") BigInteger a) {
    put(words, 0, a);
    Words.multiply(words, 0, 0, 0);
    assertResult(a.multiply(a));
  }

  @Property(tries = 3000)
  void divides(@ForAll("word") BigInteger a, @ForAll("word") BigInteger b) {
    put2(a, b);
    division.divide(words, 4, 0, 0);
    assertResult(b.signum() == 0 ? BigInteger.ZERO : a.divide(b));
    put2(a, b);
    division.modulo(words, 4, 0, 0);
    assertResult(b.signum() == 0 ? BigInteger.ZERO : a.mod(b));
  }

  @Property
  void dividesWhatItMultiplied(
      @ForAll("word") BigInteger a, @ForAll("word") BigInteger b, @ForAll("word") BigInteger c) {
    // Quotients near the limits of an estimate: q * d + r and one less.
    BigInteger dividend = a.multiply(b).add(c.mod(b.max(BigInteger.ONE))).mod(MODULUS);
    divides(dividend, b);
    divides(dividend.subtract(BigInteger.ONE).mod(MODULUS), b);
  }

  @Property
  void dividesSigned(@ForAll("word") BigInteger a, @ForAll("word") BigInteger b) {
    put2(a, b);
    division.divideSigned(words, 4, 0, 0);
    assertResult(b.signum() == 0 ? BigInteger.ZERO : signed(a).divide(signed(b)));
    put2(a, b);
    division.moduloSigned(words, 4, 0, 0);
    assertResult(b.signum() == 0 ? BigInteger.ZERO : signed(a).remainder(signed(b)));
  }

  @Property(tries = 3000)
  void addsAndMultipliesModulo(
      @ForAll("word") BigInteger a, @ForAll("word") BigInteger b, @ForAll("word") BigInteger m) {
    put(words, 0, m);
    put(words, 4, b);
    put(words, 8, a);
    division.addModulo(words, 8, 4, 0, 0);
    assertResult(m.signum() == 0 ? BigInteger.ZERO : a.add(b).mod(m));
    put(words, 0, m);
    division.multiplyModulo(words, 8, 4, 0, 0);
    assertResult(m.signum() == 0 ? BigInteger.ZERO : a.multiply(b).mod(m));
  }

  @Property(tries = 200)
  void exponentiates(@ForAll("word") BigInteger base, @ForAll("word") BigInteger exponent) {
    put2(base, exponent);
    Power.raise(words, 4, 0, 0);
    assertResult(base.modPow(exponent, MODULUS));
  }

  @Property
  void exponentiatesPowersOfTwo(
      @ForAll @IntRange(max = 255) int log, @ForAll @IntRange(max = 300) int exponent) {
    put2(BigInteger.TWO.pow(log), BigInteger.valueOf(exponent));
    Power.raise(words, 4, 0, 0);
    assertResult(BigInteger.TWO.pow(log * exponent));
  }

  /** Where the power of an even base ends in 256 zeros, and where it lacks one bit of that. */
  @Property
  void exponentiatesEvenBases(
      @ForAll("word") BigInteger word, @ForAll @IntRange(max = 256) int zeros) {
    BigInteger base = word.setBit(0).shiftLeft(zeros).mod(MODULUS);
    int least = zeros == 0 ? 256 : (255 + zeros) / zeros;
    for (int exponent : new int[] {0, 1, least - 1, least, least + 1, 0xf5a7}) {
      exponentiates(base, BigInteger.valueOf(exponent));
    }
    exponentiates(base, BigInteger.ONE.shiftLeft(255));
  }

  /** Division keeps reciprocals of divisors: those of a limb serve its multiples by 2^64, too. */
  @Property
  void dividesByFewDivisorsAgainAndAgain(
      @ForAll("word") BigInteger first, @ForAll("word") BigInteger second, @ForAll long limb) {
    BigInteger small = new BigInteger(Long.toUnsignedString(limb));
    BigInteger large = small.shiftLeft(64);
    for (BigInteger divisor : List.of(small, large, small, large.add(BigInteger.ONE), large)) {
      divides(first, divisor);
      divides(second, divisor);
      addsAndMultipliesModulo(first, second, divisor);
    }
  }

  @Property
  void reciprocalsAreRoundedDown(@ForAll("word") BigInteger word) {
    BigInteger divisor = word.mod(MODULUS.shiftRight(128)).setBit(127);
    long reciprocal = Division.reciprocal(divisor.shiftRight(64).longValue(), divisor.longValue());
    BigInteger expected = BigInteger.ONE.shiftLeft(192).subtract(BigInteger.ONE).divide(divisor);
    assertEquals(expected.subtract(BigInteger.ONE.shiftLeft(64)).longValue(), reciprocal);
  }

  /** Dividends whose highest limbs equal the divisor's, where an estimate would not fit a limb. */
  @Property(tries = 3000)
  void dividesWhereTheHighestLimbsAreEqual(
      @ForAll("word") BigInteger divisor,
      @ForAll("word") BigInteger low,
      @ForAll @IntRange(min = 1, max = 3) int limbs) {
    BigInteger b = divisor.shiftRight(64 * limbs);
    BigInteger a = b.shiftLeft(64).subtract(BigInteger.ONE).shiftLeft(64 * (limbs - 1));
    divides(a.max(BigInteger.ZERO).add(low.shiftRight(256 - 64 * (limbs - 1))).mod(MODULUS), b);
    BigInteger product = divisor.multiply(low);
    addsAndMultipliesModulo(divisor, low, product.shiftRight(256).add(BigInteger.ONE).mod(MODULUS));
  }

  @Property
  void compares(@ForAll("word") BigInteger a, @ForAll("word") BigInteger b) {
    put2(a, b);
    assertEquals(a.compareTo(b), Words.compare(words, 4, words, 0));
    assertEquals(signed(a).compareTo(signed(b)), Words.compareSigned(words, 4, words, 0));
    assertEquals(a.equals(b), Words.equal(words, 4, words, 0));
    assertEquals(a.signum() == 0, Words.isZero(words, 4));
    assertEquals(a.bitLength(), Words.bitLength(words, 4));
    long saturated = a.bitLength() < 64 ? a.longValue() : Long.MAX_VALUE;
    assertEquals(saturated, Words.toLongSaturated(words, 4));
  }

  @Property
  void shifts(@ForAll("word") BigInteger a, @ForAll @IntRange(max = 255) int bits) {
    put(words, 0, a);
    Words.shiftLeft(words, 0, bits);
    assertResult(a.shiftLeft(bits));
    put(words, 0, a);
    Words.shiftRight(words, 0, bits);
    assertResult(a.shiftRight(bits));
    put(words, 0, a);
    Words.shiftRightSigned(words, 0, bits);
    assertResult(signed(a).shiftRight(bits));
  }

  @Property
  void extendsSigns(@ForAll("word") BigInteger a, @ForAll @IntRange(max = 40) int size) {
    put(words, 0, a);
    Words.signExtend(words, 0, size);
    BigInteger expected = a;
    if (size < 31) {
      BigInteger modulus = BigInteger.ONE.shiftLeft(8 * size + 8);
      expected = a.mod(modulus);
      expected = a.testBit(8 * size + 7) ? expected.subtract(modulus) : expected;
    }
    assertResult(expected);
  }

  @Property
  void takesBytes(@ForAll("word") BigInteger a, @ForAll @IntRange(max = 40) int index) {
    put(words, 0, a);
    byte[] bytes = UInt256.of(a).toBytes();
    assertEquals(index < 32 ? bytes[index] & 0xff : 0, Words.byteAt(words, 0, index));
    Words.toBytes(words, 0, bytes, 0);
    Words.ofBytes(bytes, 0, words, 8);
    assertEquals(a, get(words, 8));
  }

  @Property
  void negates(@ForAll("word") BigInteger a) {
    put(words, 0, a);
    Words.negate(words, 0);
    assertResult(a.negate());
  }

  @Property
  void approximatesReciprocals(@ForAll long any) {
    long divisor = any | Long.MIN_VALUE;
    BigInteger d = new BigInteger(Long.toUnsignedString(divisor));
    BigInteger expected =
        BigInteger.ONE
            .shiftLeft(128)
            .subtract(BigInteger.ONE)
            .divide(d)
            .subtract(BigInteger.ONE.shiftLeft(64));
    assertEquals(expected.longValue(), Division.reciprocal(divisor));
  }
}
