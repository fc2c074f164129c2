package io.rekindle.evm.precompile.pairing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prime fields held against BigInteger, and the tower above them against the laws of a field. */
class FieldTest {
  private static final String BN254 =
      "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47";
  private static final String P256 =
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
  private static final String BLS12 =
      "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab";
  private final Random random = new Random(254);

  /** A number below p, often one at an edge of the field or of a limb. */
  private BigInteger number(BigInteger p) {
    BigInteger number =
        switch (random.nextInt(8)) {
          case 0 -> BigInteger.valueOf(random.nextInt(3));
          case 1 -> p.subtract(BigInteger.valueOf(1 + random.nextInt(3)));
          case 2 -> BigInteger.ONE.shiftLeft(55 * random.nextInt(7)).subtract(BigInteger.ONE);
          case 3 -> new BigInteger(p.bitLength() - 1, random).clearBit(0).or(p.shiftRight(1));
          default -> new BigInteger(p.bitLength() + 8, random);
        };
    return number.mod(p);
  }

  @ParameterizedTest
  @ValueSource(strings = {BN254, P256, BLS12})
  void primeFieldAgreesWithBigInteger(String hex) {
    BigInteger p = new BigInteger(hex, 16);
    PrimeField field = PrimeField.of(p);
    long[] r = new long[field.size()];
    for (int i = 0; i < 5_000; i++) {
      BigInteger x = number(p);
      BigInteger y = number(p);
      long[] a = field.element(x);
      long[] b = field.element(y);
      field.add(r, 0, a, 0, b, 0);
      assertEquals(x.add(y).mod(p), field.number(r, 0));
      field.sub(r, 0, a, 0, b, 0);
      assertEquals(x.subtract(y).mod(p), field.number(r, 0));
      field.mul(r, 0, a, 0, b, 0);
      assertEquals(x.multiply(y).mod(p), field.number(r, 0));
      field.square(r, 0, a, 0);
      assertEquals(x.multiply(x).mod(p), field.number(r, 0));
      field.invert(r, 0, a, 0);
      assertEquals(x.signum() == 0 ? x : x.modInverse(p), field.number(r, 0));
      assertEquals(x.testBit(0), field.isOdd(a, 0));
    }
  }

  /** Sums, at most four elements a factor and eight squares of p in all, of either sign. */
  @ParameterizedTest
  @ValueSource(strings = {BN254, P256, BLS12})
  void sumsOfProductsAreReducedOnce(String hex) {
    BigInteger p = new BigInteger(hex, 16);
    PrimeField field = PrimeField.of(p);
    int n = field.size();
    long[] wide = new long[2 * n];
    long[] r = new long[n];
    for (int i = 0; i < 5_000; i++) {
      long[] sum = new long[2 * n];
      BigInteger expected = BigInteger.ZERO;
      int sign = random.nextBoolean() ? 1 : -1;
      for (int size = 8; size > 0; ) {
        int left = 1 + random.nextInt(Math.min(4, size));
        int right = 1 + random.nextInt(Math.min(4, size / left));
        size -= left * right;
        long[] a = new long[n];
        long[] b = new long[n];
        BigInteger x = sumOf(left, field, a);
        BigInteger y = sumOf(right, field, b);
        field.mulWide(wide, 0, a, 0, b, 0);
        for (int j = 0; j < wide.length; j++) {
          sum[j] += sign * wide[j];
        }
        expected = expected.add(x.multiply(y).multiply(BigInteger.valueOf(sign)));
        sign = random.nextInt(4) == 0 ? -sign : sign;
      }
      field.reduce(r, 0, sum, 0);
      BigInteger radix = BigInteger.ONE.shiftLeft(PrimeField.BITS * n);
      assertEquals(expected.multiply(radix.modInverse(p)).mod(p), limbs(r));
    }
  }

  /** Adds elements limb by limb; the sum of the numbers that their limbs are. */
  private BigInteger sumOf(int count, PrimeField field, long[] sum) {
    BigInteger total = BigInteger.ZERO;
    for (int i = 0; i < count; i++) {
      long[] element = field.limbsOf(number(field.modulus()));
      Limbs.add(sum, 0, sum, 0, element, 0, element.length);
      total = total.add(limbs(element));
    }
    return total;
  }

  private static BigInteger limbs(long[] a) {
    BigInteger number = BigInteger.ZERO;
    for (int i = a.length - 1; i >= 0; i--) {
      number = number.shiftLeft(PrimeField.BITS).add(BigInteger.valueOf(a[i]));
    }
    return number;
  }

  @ParameterizedTest
  @ValueSource(strings = {BN254, P256, BLS12})
  void onlyNumbersBelowTheModulusAreRead(String hex) {
    BigInteger p = new BigInteger(hex, 16);
    PrimeField field = PrimeField.of(p);
    byte[] bytes = new byte[field.bytes() + 2];
    long[] r = new long[field.size()];
    field.write(bytes, 1, field.element(p.subtract(BigInteger.ONE)), 0);
    assertTrue(field.read(r, 0, bytes, 1));
    assertArrayEquals(field.element(p.subtract(BigInteger.ONE)), r);
    System.arraycopy(p.toByteArray(), p.bitLength() % 8 == 0 ? 1 : 0, bytes, 1, field.bytes());
    assertFalse(field.read(r, 0, bytes, 1));
    Arrays.fill(bytes, (byte) 0xFF);
    assertFalse(field.read(r, 0, bytes, 1));
  }

  private long[] element(PrimeField base, Field field) {
    long[] element = new long[field.size()];
    for (int i = 0; i < element.length; i += base.size()) {
      System.arraycopy(base.element(number(base.modulus())), 0, element, i, base.size());
    }
    return element;
  }

  @ParameterizedTest
  @ValueSource(strings = {BN254, BLS12})
  void everyStoreyOfTheTowerIsAField(String hex) {
    PrimeField fp = PrimeField.of(new BigInteger(hex, 16));
    QuadraticField fp2 = new QuadraticField(fp, hex.equals(BN254) ? 9 : 1);
    CubicField fp6 = new CubicField(fp2);
    DodecicField fp12 = new DodecicField(fp2, new Frobenius(fp2));
    for (Field field : new Field[] {fp, fp2, fp6, fp12}) {
      for (int i = 0; i < 200; i++) {
        laws(field, element(fp, field), element(fp, field), element(fp, field));
      }
    }
  }

  /** Coefficients 0 and p - 1 alone, whose sums need the most room. */
  @ParameterizedTest
  @ValueSource(strings = {BN254, BLS12})
  void theLargestCoefficientsHaveRoom(String hex) {
    PrimeField fp = PrimeField.of(new BigInteger(hex, 16));
    QuadraticField fp2 = new QuadraticField(fp, hex.equals(BN254) ? 9 : 1);
    DodecicField fp12 = new DodecicField(fp2, new Frobenius(fp2));
    long[] largest = fp.limbsOf(fp.modulus().subtract(BigInteger.ONE));
    for (int i = 0; i < 500; i++) {
      long[][] elements = new long[3][fp12.size()];
      for (long[] element : elements) {
        for (int at = 0; at < element.length; at += fp.size()) {
          if (random.nextInt(4) != 0) {
            System.arraycopy(largest, 0, element, at, fp.size());
          }
        }
      }
      laws(fp12, elements[0], elements[1], elements[2]);
    }
  }

  private static void laws(Field field, long[] a, long[] b, long[] c) {
    int n = field.size();
    long[] left = new long[n];
    long[] right = new long[n];
    long[] other = new long[n];
    field.add(left, 0, a, 0, b, 0);
    field.mul(left, 0, left, 0, c, 0);
    field.mul(right, 0, a, 0, c, 0);
    field.mul(other, 0, b, 0, c, 0);
    field.add(right, 0, right, 0, other, 0);
    assertArrayEquals(left, right, "distributive");
    field.mul(left, 0, a, 0, b, 0);
    field.mul(left, 0, left, 0, c, 0);
    field.mul(right, 0, c, 0, b, 0);
    field.mul(right, 0, a, 0, right, 0);
    assertArrayEquals(left, right, "associative and commutative");
    field.square(left, 0, a, 0);
    field.mul(right, 0, a, 0, a, 0);
    assertArrayEquals(left, right, "square");
    if (!field.isZero(a, 0)) {
      field.invert(left, 0, a, 0);
      field.mul(left, 0, left, 0, a, 0);
      field.setOne(right, 0);
      assertArrayEquals(left, right, "inverse");
    }
    field.negate(left, 0, a, 0);
    field.add(left, 0, left, 0, a, 0);
    assertTrue(field.isZero(left, 0), "negative");
  }

  @ParameterizedTest
  @ValueSource(strings = {BN254, BLS12})
  void shortcutsOfFp12AgreeWithTheLongWay(String hex) {
    PrimeField fp = PrimeField.of(new BigInteger(hex, 16));
    BigInteger p = fp.modulus();
    QuadraticField fp2 = new QuadraticField(fp, hex.equals(BN254) ? 9 : 1);
    DodecicField fp12 = new DodecicField(fp2, new Frobenius(fp2));
    long[] a = element(fp, fp12);
    long[] left = new long[fp12.size()];
    long[] right = new long[fp12.size()];
    for (int i = 1; i <= 3; i++) {
      fp12.frobenius(left, 0, a, 0, i);
      fp12.pow(right, 0, a, 0, p.pow(i));
      assertArrayEquals(left, right, "p^" + i);
    }
    fp12.conjugate(left, 0, a, 0);
    fp12.pow(right, 0, a, 0, p.pow(6));
    assertArrayEquals(left, right, "p^6");
    BigInteger easy = p.pow(6).subtract(BigInteger.ONE).multiply(p.pow(2).add(BigInteger.ONE));
    fp12.pow(a, 0, a, 0, easy);
    fp12.cyclotomicSquare(left, 0, a, 0);
    fp12.square(right, 0, a, 0);
    assertArrayEquals(left, right, "cyclotomic square");
    fp12.cyclotomicPow(left, 0, a, 0, BigInteger.valueOf(0xD201));
    fp12.pow(right, 0, a, 0, BigInteger.valueOf(0xD201));
    assertArrayEquals(left, right, "cyclotomic power");
  }

  @ParameterizedTest
  @ValueSource(strings = {BN254, BLS12})
  void sparseLinesMultiplyAsFullElements(String hex) {
    PrimeField fp = PrimeField.of(new BigInteger(hex, 16));
    QuadraticField fp2 = new QuadraticField(fp, hex.equals(BN254) ? 9 : 1);
    DodecicField fp12 = new DodecicField(fp2, new Frobenius(fp2));
    int n = fp2.size();
    long[] a = element(fp, fp12);
    long[][] line = {element(fp, fp2), element(fp, fp2), element(fp, fp2)};
    for (int[] places : new int[][] {{0, 3, 4}, {0, 1, 4}}) {
      long[] full = new long[6 * n];
      for (int i = 0; i < 3; i++) {
        System.arraycopy(line[i], 0, full, places[i] * n, n);
      }
      long[] expected = new long[6 * n];
      fp12.mul(expected, 0, a, 0, full, 0);
      long[] product = a.clone();
      if (places[1] == 3) {
        fp12.mulBy034(product, 0, line[0], line[1], line[2]);
      } else {
        fp12.mulBy014(product, 0, line[0], line[1], line[2]);
      }
      assertArrayEquals(expected, product);
      if (places[1] == 1) {
        fp2.setOne(full, 4 * n);
        fp12.mul(expected, 0, a, 0, full, 0);
        product = a.clone();
        fp12.mulBy01WithUnit4(product, 0, line[0], line[1]);
        assertArrayEquals(expected, product);
      }
    }
  }

  @Test
  void signedDigitsAddUp() {
    for (int i = 0; i < 2_000; i++) {
      BigInteger number = new BigInteger(1 + i % 260, random);
      for (int width = 2; width <= 8; width++) {
        byte[] digits = SignedDigits.wnaf(number, width);
        BigInteger sum = BigInteger.ZERO;
        for (int j = digits.length - 1; j >= 0; j--) {
          sum = sum.shiftLeft(1).add(BigInteger.valueOf(digits[j]));
        }
        assertEquals(number, sum);
      }
    }
  }
}
