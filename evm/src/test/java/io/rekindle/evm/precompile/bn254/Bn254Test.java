package io.rekindle.evm.precompile.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws of the groups and of the pairing, and what the precompiles refuse. */
class Bn254Test {
  private static final Precompile ADD = new Bn254Add(150);
  private static final Precompile MUL = new Bn254Mul(6_000);
  private static final Precompile PAIRING = new Bn254Pairing(45_000, 34_000);
  private static final BigInteger ORDER = Bn254.ORDER;

  /** The generator of G2 that EIP-197 names, as the precompile reads it. */
  private static final byte[] Q =
      join(
          word("11559732032986387107991004021392285783925812861821192530917403151452391805634"),
          word("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
          word("4082367875863433681332203403145435568316851327593401208105741076214120093531"),
          word("8495653923123431417604973247489272438418190587263600148770280649306958101930"));

  private static final byte[] P = join(word("1"), word("2"));
  private final Random random = new Random(197);

  private static byte[] word(String decimal) {
    return word(new BigInteger(decimal));
  }

  private static byte[] word(BigInteger number) {
    byte[] raw = number.toByteArray();
    byte[] word = new byte[32];
    int length = Math.min(32, raw.length);
    System.arraycopy(raw, raw.length - length, word, 32 - length, length);
    return word;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] mul(byte[] point, BigInteger k) {
    return MUL.run(join(point, word(k)));
  }

  private static byte[] add(byte[] p, byte[] q) {
    return ADD.run(join(p, q));
  }

  private static byte[] negate(byte[] p) {
    byte[] y = Arrays.copyOfRange(p, 32, 64);
    BigInteger negated = Bn254.FP.modulus().subtract(new BigInteger(1, y));
    return join(Arrays.copyOf(p, 32), word(negated));
  }

  /** k times the generator of G2, by doubling and adding. */
  private static byte[] multipleOfQ(BigInteger k) {
    Bn254 bn254 = new Bn254();
    Curve g2 = bn254.g2();
    long[] point = new long[g2.size()];
    g2.fromAffine(point, 0, Bn254Points.readG2(bn254, Q, 0), 0);
    g2.multiply(point, 0, point, 0, k);
    g2.toAffine(point, 0, point, 0);
    byte[] out = new byte[128];
    int n = Bn254.FP.size();
    for (int i = 0; i < 4; i++) {
      Bn254.FP.write(out, 32 * i, point, (i ^ 1) * n);
    }
    return out;
  }

  private static boolean isOne(byte[]... pairs) {
    byte[] out = PAIRING.run(join(pairs));
    assertEquals(32, out.length);
    assertArrayEquals(new byte[31], Arrays.copyOf(out, 31));
    return out[31] == 1;
  }

  @Test
  void multiplesAddUp() {
    assertArrayEquals(add(P, P), mul(P, BigInteger.TWO));
    assertArrayEquals(new byte[64], mul(P, ORDER));
    assertArrayEquals(P, mul(P, ORDER.add(BigInteger.ONE)));
    assertArrayEquals(new byte[64], add(P, negate(P)));
    assertArrayEquals(P, add(P, new byte[64]));
    assertArrayEquals(P, add(new byte[64], P));
    assertArrayEquals(new byte[64], mul(new byte[64], BigInteger.TEN));
    for (int i = 0; i < 50; i++) {
      BigInteger a = new BigInteger(256, random);
      BigInteger b = new BigInteger(255, random).mod(ORDER);
      assertArrayEquals(
          mul(P, a.mod(ORDER).add(b)), add(mul(P, a), mul(P, b)), "of " + a + " and " + b);
    }
  }

  @Test
  void multiplesAgreeWithDoublingAndAdding() {
    Curve g1 = Bn254.newG1();
    for (int i = 0; i < 50; i++) {
      BigInteger k = new BigInteger(1 + random.nextInt(256), random);
      long[] point = new long[g1.size()];
      g1.fromAffine(point, 0, Bn254.generator(), 0);
      g1.multiply(point, 0, point, 0, k);
      assertArrayEquals(Bn254Points.writeG1(g1, point), mul(P, k));
    }
  }

  @Test
  void thePairingIsBilinear() {
    BigInteger a = new BigInteger(250, random);
    BigInteger b = new BigInteger(250, random);
    BigInteger ab = a.multiply(b).mod(ORDER);
    byte[] aP = mul(P, a);
    byte[] bQ = multipleOfQ(b);
    assertTrue(isOne(aP, bQ, negate(mul(P, ab)), Q));
    assertTrue(isOne(aP, Q, mul(P, b), Q, negate(mul(P, a.add(b))), Q));
    assertTrue(isOne(P, bQ, P, multipleOfQ(a), negate(P), multipleOfQ(a.add(b))));
    assertFalse(isOne(aP, bQ, negate(mul(P, ab.add(BigInteger.ONE))), Q));
    assertFalse(isOne(P, Q));
    assertFalse(isOne(P, Q, P, Q));
  }

  @Test
  void infinityPairsToOne() {
    assertTrue(isOne());
    assertTrue(isOne(new byte[64], Q));
    assertTrue(isOne(P, new byte[128]));
    assertTrue(isOne(P, Q, new byte[64], Q, negate(P), Q));
  }

  @Test
  void numbersMustBeBelowTheModulusAndPointsOnTheCurve() {
    byte[] p = word(Bn254.FP.modulus());
    assertNull(ADD.run(join(p, p)));
    assertNull(ADD.run(join(word("1"), word("1"))));
    assertNull(ADD.run(join(P, word("1"), word("1"))));
    assertNull(MUL.run(join(word("1"), word("3"))));
    assertNull(PAIRING.run(join(word("1"), word("1"), Q)));
    assertNull(PAIRING.run(Arrays.copyOf(join(P, Q), 191)));
    byte[] offCurve = Q.clone();
    offCurve[127] ^= 1;
    assertNull(PAIRING.run(join(P, offCurve)));
  }

  @Test
  void pointsOfTheTwistOutsideG2AreRefused() {
    Bn254 bn254 = new Bn254();
    long[] point = pointOfTheTwist(bn254);
    assertTrue(bn254.g2().isOnCurve(point, 0));
    assertFalse(bn254.isInG2(point));
    long[] multiple = new long[bn254.g2().size()];
    bn254.g2().fromAffine(multiple, 0, point, 0);
    bn254.g2().multiply(multiple, 0, multiple, 0, ORDER);
    assertFalse(bn254.g2().isInfinity(multiple, 0), "truly of another order");
    BigInteger cofactor = Bn254.FP.modulus().shiftLeft(1).subtract(ORDER);
    bn254.g2().fromAffine(multiple, 0, point, 0);
    bn254.g2().multiply(multiple, 0, multiple, 0, cofactor);
    bn254.g2().toAffine(multiple, 0, multiple, 0);
    assertTrue(bn254.isInG2(Arrays.copyOf(multiple, point.length)));
  }

  /** The first point with x = 1, 2, 3... whose y is in Fp2: found by the square root of a norm. */
  private static long[] pointOfTheTwist(Bn254 bn254) {
    var fp2 = bn254.fp2();
    BigInteger p = Bn254.FP.modulus();
    int n = fp2.size();
    BigInteger quarter = p.subtract(BigInteger.valueOf(3)).shiftRight(2);
    BigInteger half = p.subtract(BigInteger.ONE).shiftRight(1);
    for (int x = 1; ; x++) {
      long[] point = new long[2 * n];
      System.arraycopy(Bn254.FP.element(BigInteger.valueOf(x)), 0, point, 0, n / 2);
      long[] square = new long[n];
      fp2.square(square, 0, point, 0);
      fp2.mul(square, 0, square, 0, point, 0);
      fp2.add(square, 0, square, 0, Bn254.TWIST_B, 0);
      // Adj, Rodriguez-Henriquez: "Square root computation over even extension fields", algorithm 9
      long[] a1 = new long[n];
      long[] x0 = new long[n];
      long[] alpha = new long[n];
      fp2.pow(a1, 0, square, 0, quarter);
      fp2.mul(x0, 0, a1, 0, square, 0);
      fp2.mul(alpha, 0, a1, 0, x0, 0);
      long[] one = new long[n];
      fp2.setOne(one, 0);
      fp2.add(one, 0, one, 0, alpha, 0);
      fp2.pow(one, 0, one, 0, half);
      fp2.mul(point, n, one, 0, x0, 0);
      if (bn254.g2().isOnCurve(point, 0)) {
        return point;
      }
    }
  }

  @Test
  void prices() {
    assertEquals(150, ADD.gas(new byte[0]));
    assertEquals(45_000 + 2 * 34_000, PAIRING.gas(new byte[384]));
    assertEquals(45_000, PAIRING.gas(new byte[191]));
  }
}
