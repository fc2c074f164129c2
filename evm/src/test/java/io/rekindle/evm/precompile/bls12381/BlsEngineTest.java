package io.rekindle.evm.precompile.bls12381;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.precompile.pairing.Curve;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The native library and our own code must agree, on what is no point above all. */
class BlsEngineTest {
  private static final BlsEngine NATIVE = new NativeBlsEngine();
  private static final BlsEngine JAVA = new JavaBlsEngine();
  private static final BigInteger PRIME = Bls12381.FP.modulus();

  private final Random random = new Random(12_381);
  private final Bls12381 bls = new Bls12381();
  private final List<byte[]> g1 = points(bls.g1(), Bls12381.G1_GENERATOR);
  private final List<byte[]> g2 = points(bls.g2(), Bls12381.G2_GENERATOR);

  /** What a fresh JVM says is in use; run by a test. */
  public static final class Name {
    public static void main(String[] args) {
      System.out.print(BlsEngines.nameInUse());
    }
  }

  @Test
  void theNativeLibraryIsUsedWhereItLoads() throws Exception {
    assertEquals("blst", BlsEngines.nameInUse());
    assertEquals("blst", nameInUse(List.of()));
  }

  @Test
  void ourOwnCodeIsUsedWhereItDoesNot() throws Exception {
    // Where to find the library in the jar; what is not there is as on a platform it lacks.
    assertEquals("Java", nameInUse(List.of("-Dsupranational.blst.jniResource=nowhere")));
    // No place to unpack it.
    assertEquals("Java", nameInUse(List.of("-Djava.io.tmpdir=/nowhere")));
  }

  private static String nameInUse(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Name.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  /** A few multiples of a generator, its negative, infinity, and a point outside the subgroup. */
  private List<byte[]> points(Curve curve, long[] generator) {
    List<byte[]> points = new ArrayList<>();
    for (BigInteger k :
        new BigInteger[] {
          BigInteger.ZERO,
          BigInteger.ONE,
          Bls12381.ORDER.subtract(BigInteger.ONE),
          new BigInteger(200, random),
          new BigInteger(254, random)
        }) {
      long[] point = new long[curve.size()];
      curve.fromAffine(point, 0, generator, 0);
      curve.multiply(point, 0, point, 0, k);
      points.add(BlsPoints.write(curve, point));
    }
    return points;
  }

  private byte[] outsideG1() {
    int n = Bls12381.FP.size();
    long[] point = new long[2 * n];
    int x = 0;
    do {
      x++;
      System.arraycopy(Bls12381.FP.element(BigInteger.valueOf(x)), 0, point, 0, n);
      long[] square = Bls12381.FP.element(BigInteger.valueOf((long) x * x * x + 4));
      SquareRoots.ofFp(point, n, square, 0);
    } while (!bls.g1().isOnCurve(point, 0));
    assertFalse(Bls12381.isInG1(bls.g1(), point));
    return BlsPoints.writeAffine(point);
  }

  private byte[] outsideG2() {
    int n = bls.fp2().size();
    long[] point = new long[2 * n];
    int x = 0;
    do {
      x++;
      Arrays.fill(point, 0);
      System.arraycopy(Bls12381.FP.element(BigInteger.valueOf(x)), 0, point, 0, n / 2);
      long[] square = new long[n];
      bls.fp2().square(square, 0, point, 0);
      bls.fp2().mul(square, 0, square, 0, point, 0);
      long[] four = new long[n];
      Bls12381.FP.copy(four, 0, Bls12381.B, 0);
      bls.fp2().mulByXi(four, 0, four, 0);
      bls.fp2().add(square, 0, square, 0, four, 0);
      long[] root = new long[n];
      SquareRoots.ofFp2(bls.fp2(), root, square);
      System.arraycopy(root, 0, point, n, n);
    } while (!bls.g2().isOnCurve(point, 0));
    assertFalse(bls.isInG2(point));
    return BlsPoints.writeAffine(point);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] number(BigInteger number, int length) {
    byte[] raw = number.toByteArray();
    byte[] out = new byte[length];
    int used = Math.min(length, raw.length);
    System.arraycopy(raw, raw.length - used, out, length - used, used);
    return out;
  }

  /** The answer of both, which must be the same. */
  private static byte[] both(BiFunction<BlsEngine, byte[], byte[]> operation, byte[] input) {
    byte[] answer = operation.apply(NATIVE, input);
    assertArrayEquals(operation.apply(JAVA, input), answer);
    return answer;
  }

  @Test
  void bothAddAlike() {
    g1.add(outsideG1());
    g2.add(outsideG2());
    for (byte[] p : g1) {
      for (byte[] q : g1) {
        assertNotNull(both(BlsEngine::addG1, join(p, q)));
      }
    }
    for (byte[] p : g2) {
      for (byte[] q : g2) {
        assertNotNull(both(BlsEngine::addG2, join(p, q)));
      }
    }
  }

  @Test
  void bothSumMultiplesAlike() {
    BigInteger[] scalars = {
      BigInteger.ZERO,
      BigInteger.ONE,
      Bls12381.X,
      Bls12381.X.pow(2),
      Bls12381.ORDER.subtract(BigInteger.ONE),
      Bls12381.ORDER,
      Bls12381.ORDER.add(BigInteger.TWO),
      BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE),
      new BigInteger(170, random),
      new BigInteger(256, random)
    };
    byte[] ofG1 = new byte[0];
    byte[] ofG2 = new byte[0];
    for (BigInteger scalar : scalars) {
      byte[] k = number(scalar, 32);
      for (int i = 0; i < g1.size(); i++) {
        assertNotNull(both(BlsEngine::sumG1, join(g1.get(i), k)));
        assertNotNull(both(BlsEngine::sumG2, join(g2.get(i), k)));
        ofG1 = join(ofG1, g1.get(i), k);
        ofG2 = join(ofG2, g2.get(i), k);
      }
    }
    assertNotNull(both(BlsEngine::sumG1, ofG1));
    assertNotNull(both(BlsEngine::sumG2, ofG2));
    byte[] zero = new byte[32];
    assertNull(both(BlsEngine::sumG1, join(ofG1, outsideG1(), zero)));
    assertNull(both(BlsEngine::sumG2, join(ofG2, outsideG2(), zero)));
  }

  @Test
  void bothPairAlike() {
    byte[] all = new byte[0];
    for (byte[] p : g1) {
      for (byte[] q : g2) {
        assertNotNull(both(BlsEngine::pairing, join(p, q)));
        all = join(all, p, q);
      }
    }
    assertEquals(0, both(BlsEngine::pairing, all)[31]);
    byte[] p = g1.get(1);
    byte[] negated = g1.get(2);
    byte[] q = g2.get(3);
    byte[] infinity = new byte[BlsPoints.G1_BYTES];
    assertEquals(1, both(BlsEngine::pairing, join(p, q, infinity, q, negated, q))[31]);
    assertEquals(0, both(BlsEngine::pairing, join(p, q, p, q))[31]);
    assertEquals(1, both(BlsEngine::pairing, join(infinity, q))[31]);
    assertEquals(1, both(BlsEngine::pairing, join(p, new byte[BlsPoints.G2_BYTES]))[31]);
    assertNull(both(BlsEngine::pairing, join(outsideG1(), q)));
    assertNull(both(BlsEngine::pairing, join(p, outsideG2())));
    assertNull(both(BlsEngine::pairing, join(infinity, outsideG2())));
  }

  @Test
  void bothRefuseWhatIsNoPoint() {
    BigInteger x = new BigInteger(1, g1.get(1), 0, 64);
    BigInteger y = new BigInteger(1, g1.get(1), 64, 64);
    BigInteger[][] numbers = {
      {x.add(PRIME), y},
      {x, y.add(PRIME)},
      {PRIME, y},
      {PRIME, PRIME},
      {x, y.add(BigInteger.ONE)},
      {BigInteger.ZERO, y},
      {x, BigInteger.ZERO},
      {x.setBit(383), y},
      {x.setBit(382), y},
      {x.setBit(381), y},
      {x, y.setBit(383)},
      {x.setBit(384), y},
      {x, y.setBit(511)},
      {BigInteger.ZERO.setBit(383), BigInteger.ZERO},
      {BigInteger.ZERO.setBit(382), BigInteger.ZERO},
      {BigInteger.ZERO.setBit(383).setBit(382), BigInteger.ZERO}
    };
    for (BigInteger[] bad : numbers) {
      byte[] point = join(number(bad[0], 64), number(bad[1], 64));
      assertNull(both(BlsEngine::addG1, join(point, g1.get(1))));
      assertNull(both(BlsEngine::addG1, join(g1.get(0), point)));
      assertNull(both(BlsEngine::sumG1, join(point, new byte[32])));
      assertNull(both(BlsEngine::pairing, join(point, g2.get(1))));
    }
  }

  @Test
  void bothAnswerAlikeWhereABitIsFlipped() {
    byte[] sum1 = join(g1.get(3), g1.get(4));
    byte[] sum2 = join(g2.get(3), g2.get(4));
    byte[] pair = join(g1.get(3), g2.get(3));
    for (int i = 0; i < 300; i++) {
      both(BlsEngine::addG1, flipped(sum1, random.nextInt(8 * sum1.length)));
      both(BlsEngine::addG2, flipped(sum2, random.nextInt(8 * sum2.length)));
      both(BlsEngine::pairing, flipped(pair, random.nextInt(8 * pair.length)));
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] out = bytes.clone();
    out[bit >> 3] ^= (byte) (0x80 >> (bit & 7));
    return out;
  }

  private static boolean bothProve(byte[] points, BigInteger z, BigInteger y) {
    boolean proven = NATIVE.proves(points, z, y);
    assertEquals(JAVA.proves(points, z, y), proven);
    return proven;
  }

  private static byte[] compressed(byte[] point, boolean larger) {
    byte[] out = Arrays.copyOfRange(point, 16, 64);
    out[0] |= (byte) (larger ? 0xA0 : 0x80);
    return out;
  }

  /** A constant polynomial is committed to by as many generators, and proven by infinity. */
  @Test
  void bothProveConstants() {
    byte[] infinity = new byte[BlsPoints.COMPRESSED_BYTES];
    infinity[0] = (byte) 0xC0;
    BigInteger z = new BigInteger(254, random);
    assertTrue(bothProve(join(infinity, infinity), z, BigInteger.ZERO));
    assertFalse(bothProve(join(infinity, infinity), z, BigInteger.ONE));
    int proven = 0;
    for (int value = 1; value < 5; value++) {
      byte[] point = JAVA.sumG1(join(g1.get(1), number(BigInteger.valueOf(value), 32)));
      BigInteger y = BigInteger.valueOf(value);
      for (boolean larger : new boolean[] {true, false}) {
        byte[] points = join(compressed(point, larger), infinity);
        // The other sign is the commitment to the negated value.
        boolean holds = bothProve(points, z, y);
        assertEquals(!holds, bothProve(points, z, Bls12381.ORDER.subtract(y)));
        proven += holds ? 1 : 0;
        assertFalse(bothProve(points, z, y.add(BigInteger.ONE)));
        assertFalse(bothProve(join(infinity, compressed(point, larger)), z, y));
      }
    }
    assertEquals(4, proven);
  }

  @Test
  void bothRefuseBadCompressedPoints() {
    byte[] infinity = new byte[BlsPoints.COMPRESSED_BYTES];
    infinity[0] = (byte) 0xC0;
    byte[] point = compressed(g1.get(1), false);
    for (int bit = 0; bit < 16; bit++) {
      bothProve(join(flipped(infinity, bit), infinity), BigInteger.ONE, BigInteger.ZERO);
      bothProve(join(infinity, flipped(infinity, bit)), BigInteger.ONE, BigInteger.ZERO);
      bothProve(join(flipped(point, bit), infinity), BigInteger.ONE, BigInteger.ONE);
    }
    byte[] outside = compressed(outsideG1(), false);
    assertFalse(bothProve(join(outside, infinity), BigInteger.ONE, BigInteger.ONE));
    assertFalse(bothProve(join(infinity, outside), BigInteger.ONE, BigInteger.ZERO));
    byte[] prime = number(PRIME, BlsPoints.COMPRESSED_BYTES);
    prime[0] |= (byte) 0x80;
    assertFalse(bothProve(join(prime, infinity), BigInteger.ONE, BigInteger.ONE));
    byte[] dirty = infinity.clone();
    dirty[47] = 1;
    assertFalse(bothProve(join(dirty, infinity), BigInteger.ONE, BigInteger.ZERO));
  }
}
