package io.rekindle.evm.precompile.bls12381;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws of both groups and of the pairing, the maps onto them, and what is refused. */
class Bls12381Test {
  private static final Precompile G1_ADD = new G1Add();
  private static final Precompile G1_MSM = new G1Msm();
  private static final Precompile G2_ADD = new G2Add();
  private static final Precompile G2_MSM = new G2Msm();
  private static final Precompile PAIRING = new BlsPairing();
  private static final BigInteger ORDER = Bls12381.ORDER;

  private final Random random = new Random(2537);
  private final Bls12381 bls = new Bls12381();
  private final byte[] p = affineBytes(bls.g1(), Bls12381.G1_GENERATOR);
  private final byte[] q = affineBytes(bls.g2(), Bls12381.G2_GENERATOR);

  private static byte[] affineBytes(Curve curve, long[] affine) {
    long[] point = new long[curve.size()];
    curve.fromAffine(point, 0, affine, 0);
    return BlsPoints.write(curve, point);
  }

  private static byte[] bytes(BigInteger number, int length) {
    byte[] raw = number.toByteArray();
    byte[] out = new byte[length];
    int used = Math.min(length, raw.length);
    System.arraycopy(raw, raw.length - used, out, length - used, used);
    return out;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] times(Precompile msm, byte[] point, BigInteger k) {
    return msm.run(join(point, bytes(k, 32)));
  }

  private byte[] slowMultiple(Curve curve, long[] generator, BigInteger k) {
    long[] point = new long[curve.size()];
    curve.fromAffine(point, 0, generator, 0);
    curve.multiply(point, 0, point, 0, k);
    return BlsPoints.write(curve, point);
  }

  private static byte[] negate(Precompile msm, byte[] point) {
    return times(msm, point, ORDER.subtract(BigInteger.ONE));
  }

  @Test
  void multiplesAgreeWithDoublingAndAdding() {
    for (int i = 0; i < 30; i++) {
      BigInteger k = new BigInteger(1 + random.nextInt(256), random);
      assertArrayEquals(
          slowMultiple(bls.g1(), Bls12381.G1_GENERATOR, k), times(G1_MSM, p, k), "G1 " + k);
      assertArrayEquals(
          slowMultiple(bls.g2(), Bls12381.G2_GENERATOR, k), times(G2_MSM, q, k), "G2 " + k);
    }
  }

  @Test
  void groupLaws() {
    for (Precompile[] group : new Precompile[][] {{G1_ADD, G1_MSM}, {G2_ADD, G2_MSM}}) {
      byte[] point = group[0] == G1_ADD ? p : q;
      byte[] infinity = new byte[point.length];
      Precompile add = group[0];
      Precompile msm = group[1];
      assertArrayEquals(add.run(join(point, point)), times(msm, point, BigInteger.TWO));
      assertArrayEquals(infinity, times(msm, point, ORDER));
      assertArrayEquals(infinity, times(msm, point, BigInteger.ZERO));
      assertArrayEquals(point, times(msm, point, ORDER.add(BigInteger.ONE)));
      assertArrayEquals(infinity, add.run(join(point, negate(msm, point))));
      assertArrayEquals(point, add.run(join(point, infinity)));
      assertArrayEquals(point, add.run(join(infinity, point)));
    }
  }

  @Test
  void sumsOfManyMultiplesAgreeWithOneMultiple() {
    for (Precompile msm : new Precompile[] {G1_MSM, G2_MSM}) {
      byte[] generator = msm == G1_MSM ? p : q;
      ByteArrayOutputStream input = new ByteArrayOutputStream();
      BigInteger total = BigInteger.ZERO;
      for (int i = 0; i < 40; i++) {
        BigInteger a = BigInteger.valueOf(random.nextInt(5));
        BigInteger k = i % 7 == 0 ? BigInteger.ZERO : new BigInteger(256, random);
        input.writeBytes(join(times(msm, generator, a), bytes(k, 32)));
        total = total.add(a.multiply(k)).mod(ORDER);
      }
      assertArrayEquals(times(msm, generator, total), msm.run(input.toByteArray()));
    }
  }

  private static boolean isOne(byte[]... pairs) {
    byte[] out = PAIRING.run(join(pairs));
    assertEquals(32, out.length);
    return out[31] == 1;
  }

  @Test
  void thePairingIsBilinear() {
    BigInteger a = new BigInteger(250, random);
    BigInteger b = new BigInteger(250, random);
    byte[] aP = times(G1_MSM, p, a);
    byte[] bQ = times(G2_MSM, q, b);
    byte[] abP = times(G1_MSM, p, a.multiply(b).mod(ORDER));
    assertTrue(isOne(aP, bQ, negate(G1_MSM, abP), q));
    assertTrue(isOne(aP, q, negate(G1_MSM, p), times(G2_MSM, q, a)));
    assertTrue(isOne(p, new byte[256]));
    assertTrue(isOne(new byte[128], q));
    assertFalse(isOne(p, q));
    assertFalse(isOne(aP, bQ, abP, q));
  }

  @Test
  void normalizedLinesPairAlike() {
    long[] point = Bls12381.G1_GENERATOR.clone();
    for (int i = 0; i < 4; i++) {
      bls.pair(point, Bls12381.G2_GENERATOR);
      long[] expected = bls.product();
      bls.pair(point, bls.lines(Bls12381.G2_GENERATOR).normalized());
      assertArrayEquals(expected, bls.product());
      long[] next = new long[bls.g1().size()];
      bls.g1().fromAffine(next, 0, point, 0);
      bls.g1().multiply(next, 0, next, 0, new BigInteger(60, random).add(BigInteger.ONE));
      bls.g1().toAffine(point, 0, next, 0);
    }
  }

  /** Scalars and points at edges: 0, 1, order - 1, infinity, equal points and opposite ones. */
  @Test
  void sumsAtEdgesAgreeWithAddition() {
    BigInteger[] scalars = {
      BigInteger.ZERO,
      BigInteger.ONE,
      BigInteger.TWO,
      Bls12381.X,
      Bls12381.X.pow(2),
      ORDER.subtract(BigInteger.ONE),
      ORDER,
      BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
    };
    byte[][] g1 = {p, times(G1_MSM, p, ORDER.subtract(BigInteger.ONE)), new byte[p.length]};
    byte[][] g2 = {q, times(G2_MSM, q, ORDER.subtract(BigInteger.ONE)), new byte[q.length]};
    for (int i = 0; i < 60; i++) {
      BigInteger k = scalars[random.nextInt(scalars.length)];
      BigInteger l = scalars[random.nextInt(scalars.length)];
      int left = random.nextInt(3);
      int right = random.nextInt(3);
      sumIsAddition(bls.g1(), G1_MSM, G1_ADD, g1[left], k, g1[right], l);
      sumIsAddition(bls.g2(), G2_MSM, G2_ADD, g2[left], k, g2[right], l);
    }
  }

  private void sumIsAddition(
      Curve curve, Precompile msm, Precompile add, byte[] a, BigInteger k, byte[] b, BigInteger l) {
    byte[] both = msm.run(join(a, bytes(k, 32), b, bytes(l, 32)));
    byte[] naive = add.run(join(naiveMultiple(curve, a, k), naiveMultiple(curve, b, l)));
    assertArrayEquals(naive, both);
  }

  private byte[] naiveMultiple(Curve curve, byte[] point, BigInteger k) {
    long[] affine = BlsPoints.readNumbers(point, 0, point.length / BlsPoints.FP_BYTES);
    return slowMultiple(curve, affine, k);
  }

  @Test
  void mapsEndInTheSubgroups() {
    Precompile toG1 = new MapToG1();
    Precompile toG2 = new MapToG2();
    for (int i = 0; i < 10; i++) {
      BigInteger u = i < 2 ? BigInteger.valueOf(i) : new BigInteger(380, random);
      BigInteger v = i < 3 ? BigInteger.ZERO : new BigInteger(380, random);
      byte[] first = toG1.run(bytes(u, 64));
      byte[] second = toG2.run(join(bytes(u, 64), bytes(v, 64)));
      assertNotNull(BlsPoints.readG1(bls.g1(), first, 0));
      assertNotNull(BlsPoints.readG2(bls, second, 0));
      assertFalse(Arrays.equals(new byte[128], first));
      assertFalse(Arrays.equals(new byte[256], second));
    }
  }

  @Test
  void theMapOfTheNegativeIsTheNegative() {
    BigInteger u = new BigInteger(380, random);
    BigInteger negated = Bls12381.FP.modulus().subtract(u);
    byte[] point = new MapToG1().run(bytes(u, 64));
    byte[] other = new MapToG1().run(bytes(negated, 64));
    assertArrayEquals(new byte[128], G1_ADD.run(join(point, other)));
  }

  @Test
  void pointsOutsideTheSubgroupsAddButDoNotMultiplyOrPair() {
    long[] outside = new long[2 * Bls12381.FP.size()];
    int x = 0;
    do {
      x++;
      long[] square = Bls12381.FP.element(BigInteger.valueOf((long) x * x * x + 4));
      System.arraycopy(
          Bls12381.FP.element(BigInteger.valueOf(x)), 0, outside, 0, Bls12381.FP.size());
      SquareRoots.ofFp(outside, Bls12381.FP.size(), square, 0);
    } while (!bls.g1().isOnCurve(outside, 0));
    long[] multiple = new long[bls.g1().size()];
    bls.g1().fromAffine(multiple, 0, outside, 0);
    byte[] point = BlsPoints.write(bls.g1(), multiple);
    bls.g1().multiply(multiple, 0, multiple, 0, ORDER);
    assertFalse(bls.g1().isInfinity(multiple, 0), "truly of another order");
    assertNotNull(G1_ADD.run(join(point, p)));
    assertNull(G1_MSM.run(join(point, new byte[32])));
    assertNull(PAIRING.run(join(point, q)));
  }

  @Test
  void badNumbersAndLengthsAreRefused() {
    byte[] modulus = bytes(Bls12381.FP.modulus(), 64);
    assertNull(new MapToG1().run(modulus));
    assertNull(new MapToG2().run(join(modulus, new byte[64])));
    byte[] padded = p.clone();
    padded[0] = 1;
    assertNull(G1_ADD.run(join(padded, p)));
    byte[] offCurve = p.clone();
    offCurve[127] ^= 1;
    assertNull(G1_ADD.run(join(offCurve, p)));
    for (Precompile precompile :
        new Precompile[] {G1_ADD, G1_MSM, G2_ADD, G2_MSM, PAIRING, new MapToG1(), new MapToG2()}) {
      assertNull(precompile.run(new byte[0]));
      assertNull(precompile.run(new byte[1]));
    }
  }

  @Test
  void prices() {
    assertEquals(12_000, G1_MSM.gas(new byte[160]));
    assertEquals(2 * 12_000 * 949 / 1000, G1_MSM.gas(new byte[320]));
    assertEquals(200L * 12_000 * 519 / 1000, G1_MSM.gas(new byte[200 * 160]));
    assertEquals(128L * 22_500 * 524 / 1000, G2_MSM.gas(new byte[128 * 288]));
    assertEquals(37_700 + 3 * 32_600, PAIRING.gas(new byte[3 * 384]));
  }
}
