package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import io.rekindle.evm.precompile.pairing.MillerLines;
import io.rekindle.evm.precompile.pairing.PrimeField;
import io.rekindle.evm.precompile.pairing.ScalarSum;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * 0x0a: that the polynomial behind a blob's commitment has the value y at z (EIP-4844). The input
 * is the commitment's versioned hash, z, y, the commitment and the proof, two compressed points of
 * G1. The output is the number of field elements in a blob and the field's modulus.
 *
 * <p>With the commitment C, the proof W and tau of the ceremony, what must hold is {@code e(C - y
 * G1, G2) = e(W, tau G2 - z G2)}. It is tested as {@code e(C - y G1 + z W, -G2) e(W, tau G2) = 1},
 * so that both points of G2 are fixed and their lines are computed once.
 */
public final class PointEvaluation implements Precompile {
  private static final int LENGTH = 192;
  private static final int COMPRESSED_BYTES = 48;
  private static final PrimeField FP = Bls12381.FP;
  private static final BigInteger HALF = FP.modulus().shiftRight(1);

  /** tau G2: the only number of the KZG ceremony that a verifier needs (g2_monomial[1]). */
  static final long[] TAU_G2 =
      Bls12381.elements(
          "185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2",
          "15bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72",
          "014353bdb96b626dd7d5ee8599d1fca2131569490e28de18e82451a496a9c9794ce26d105941f383ee689bfbbb832a99",
          "1666c54b0a32529503432fcae0181b4bef79de09fc63671fda5ed1ba9bfa07899495346f3d7ac9cd23048ef30d0a154f");

  private static final MillerLines TAU_LINES = new Bls12381().lines(TAU_G2).normalized();
  private static final MillerLines NEGATED_LINES = negatedGeneratorLines();
  private static final byte[] OUTPUT = output();

  private static MillerLines negatedGeneratorLines() {
    Bls12381 curve = new Bls12381();
    long[] negated = Bls12381.G2_GENERATOR.clone();
    curve.g2().negateY(negated, 0);
    return curve.lines(negated).normalized();
  }

  private static byte[] output() {
    byte[] out = new byte[64];
    out[30] = 4096 >> 8;
    byte[] order = Bls12381.ORDER.toByteArray();
    System.arraycopy(order, 0, out, 64 - order.length, order.length);
    return out;
  }

  @Override
  public long gas(byte[] input) {
    return 50_000;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != LENGTH || !isHashOfCommitment(input)) {
      return null;
    }
    BigInteger z = new BigInteger(1, input, 32, 32);
    BigInteger y = new BigInteger(1, input, 64, 32);
    if (z.compareTo(Bls12381.ORDER) >= 0 || y.compareTo(Bls12381.ORDER) >= 0) {
      return null;
    }
    Curve g1 = Bls12381.newG1();
    long[] commitment = decompress(g1, input, 96);
    long[] proof = decompress(g1, input, 96 + COMPRESSED_BYTES);
    if (commitment == null || proof == null) {
      return null;
    }
    ScalarSum sum = new ScalarSum(g1);
    Bls12381.addG1(sum, Bls12381.G1_GENERATOR, Bls12381.ORDER.subtract(y));
    Bls12381.addG1(sum, proof, z);
    long[] left = new long[g1.size()];
    sum.sum(left, 0);
    g1.addAffine(left, 0, left, 0, commitment, 0);
    g1.toAffine(left, 0, left, 0);
    Bls12381 curve = new Bls12381();
    curve.pair(left, NEGATED_LINES);
    curve.pair(proof, TAU_LINES);
    return curve.productIsOne() ? OUTPUT.clone() : null;
  }

  /** SHA-256 of the commitment, with the version 1 for its first byte. */
  private static boolean isHashOfCommitment(byte[] input) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(input, 96, COMPRESSED_BYTES);
      byte[] hash = digest.digest();
      hash[0] = 1;
      return Arrays.equals(hash, 0, 32, input, 0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * The affine point of G1 that 48 bytes stand for, or null: x with three flags in its highest
   * bits, compressed (always set), infinity, and whether y is the larger of the two.
   */
  static long[] decompress(Curve g1, byte[] in, int offset) {
    byte[] bytes = Arrays.copyOfRange(in, offset, offset + COMPRESSED_BYTES);
    int flags = bytes[0] & 0xE0;
    bytes[0] &= 0x1F;
    int n = FP.size();
    long[] point = new long[2 * n];
    if ((flags & 0x80) == 0 || !FP.read(point, 0, bytes, 0)) {
      return null;
    }
    if ((flags & 0x40) != 0) {
      return flags == 0xC0 && FP.isZero(point, 0) ? point : null;
    }
    FP.square(point, n, point, 0);
    FP.mul(point, n, point, n, point, 0);
    FP.add(point, n, point, n, Bls12381.B, 0);
    if (!SquareRoots.ofFp(point, n, point, n)) {
      return null;
    }
    boolean larger = FP.number(point, n).compareTo(HALF) > 0;
    if (larger != ((flags & 0x20) != 0)) {
      g1.negateY(point, 0);
    }
    return Bls12381.isInG1(g1, point) ? point : null;
  }
}
