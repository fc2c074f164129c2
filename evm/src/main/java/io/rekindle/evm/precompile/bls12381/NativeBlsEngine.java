package io.rekindle.evm.precompile.bls12381;

import java.math.BigInteger;
import java.util.Arrays;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2;
import supranational.blst.P2_Affine;
import supranational.blst.Pairing;

/**
 * By blst, through its Java binding jblst, which unpacks the library for each class loader anew, so
 * that several may load it in one process.
 *
 * <p>What blst must not be asked is decided here: its three highest bits of a coordinate are flags,
 * where the EIP has a number that is too large, and all zeros, infinity in the EIP, are to it a
 * point off the curve.
 */
final class NativeBlsEngine implements BlsEngine {
  private static final int FP_BYTES = 48;
  private static final int PADDING = BlsPoints.FP_BYTES - FP_BYTES;
  private static final int FLAGS = 0xE0;

  private final P2_Affine tau;
  private final P2_Affine negatedGenerator;

  /**
   * @throws IllegalStateException where the library does not load on this platform; its cause says
   *     why
   */
  NativeBlsEngine() {
    try {
      negatedGenerator = P2.generator().neg().to_affine();
    } catch (LinkageError e) {
      throw new IllegalStateException("blst does not load", e);
    }
    tau = readOnCurve2(BlsPoints.writeAffine(PointEvaluation.TAU_G2), 0);
  }

  @Override
  public String name() {
    return "blst";
  }

  @Override
  public byte[] addG1(byte[] points) {
    P1_Affine p = readOnCurve1(points, 0);
    P1_Affine q = readOnCurve1(points, BlsPoints.G1_BYTES);
    return p == null || q == null ? null : write(p.to_jacobian().add(q));
  }

  @Override
  public byte[] addG2(byte[] points) {
    P2_Affine p = readOnCurve2(points, 0);
    P2_Affine q = readOnCurve2(points, BlsPoints.G2_BYTES);
    return p == null || q == null ? null : write(p.to_jacobian().add(q));
  }

  @Override
  public byte[] sumG1(byte[] terms) {
    P1 sum = new P1();
    for (int at = 0; at < terms.length; at += BlsPoints.G1_TERM_BYTES) {
      P1_Affine point = readOnCurve1(terms, at);
      if (point == null || !point.in_group()) {
        return null;
      }
      BigInteger scalar = BlsPoints.readScalar(terms, at + BlsPoints.G1_BYTES);
      sum.add(point.to_jacobian().mult(scalar.mod(Bls12381.ORDER)));
    }
    return write(sum);
  }

  @Override
  public byte[] sumG2(byte[] terms) {
    P2 sum = new P2();
    for (int at = 0; at < terms.length; at += BlsPoints.G2_TERM_BYTES) {
      P2_Affine point = readOnCurve2(terms, at);
      if (point == null || !point.in_group()) {
        return null;
      }
      BigInteger scalar = BlsPoints.readScalar(terms, at + BlsPoints.G2_BYTES);
      sum.add(point.to_jacobian().mult(scalar.mod(Bls12381.ORDER)));
    }
    return write(sum);
  }

  @Override
  public byte[] pairing(byte[] pairs) {
    Product product = new Product();
    for (int at = 0; at < pairs.length; at += BlsPoints.PAIR_BYTES) {
      P1_Affine p = readOnCurve1(pairs, at);
      P2_Affine q = readOnCurve2(pairs, at + BlsPoints.G1_BYTES);
      if (p == null || q == null || !p.in_group() || !q.in_group()) {
        return null;
      }
      product.pair(p, q);
    }
    return BlsPoints.flag(product.isOne());
  }

  @Override
  public boolean proves(byte[] points, BigInteger z, BigInteger y) {
    P1_Affine commitment = decompress(points, 0);
    P1_Affine proof = decompress(points, BlsPoints.COMPRESSED_BYTES);
    if (commitment == null || proof == null) {
      return false;
    }
    P1 left = P1.generator().mult(y).neg();
    left.add(proof.to_jacobian().mult(z));
    left.add(commitment);
    Product product = new Product();
    product.pair(left.to_affine(), negatedGenerator);
    product.pair(proof, tau);
    return product.isOne();
  }

  /** A product of pairings. The library's is not one where it has no factors. */
  private static final class Product {
    /** The arguments are for signatures and change nothing here. */
    private final Pairing pairing = new Pairing(false, "");

    private boolean empty = true;

    void pair(P1_Affine p, P2_Affine q) {
      if (!p.is_inf() && !q.is_inf()) {
        pairing.raw_aggregate(q, p);
        empty = false;
      }
    }

    boolean isOne() {
      if (empty) {
        return true;
      }
      pairing.commit();
      return pairing.finalverify();
    }
  }

  /** A point of G1's curve, in the subgroup or not, or null. */
  private static P1_Affine readOnCurve1(byte[] in, int offset) {
    byte[] coordinates = readNumbers(in, offset, 2);
    if (coordinates == null) {
      return null;
    }
    if (isZero(coordinates)) {
      return new P1_Affine();
    }
    return readG1(coordinates);
  }

  /** A point of the twist, in the subgroup or not, or null. */
  private static P2_Affine readOnCurve2(byte[] in, int offset) {
    byte[] coordinates = readNumbers(in, offset, 4);
    if (coordinates == null) {
      return null;
    }
    if (isZero(coordinates)) {
      return new P2_Affine();
    }
    // The library has c1 of an element of Fp2 before c0.
    byte[] swapped = new byte[coordinates.length];
    for (int number = 0; number < 4; number++) {
      System.arraycopy(coordinates, number * FP_BYTES, swapped, (number ^ 1) * FP_BYTES, FP_BYTES);
    }
    try {
      return new P2_Affine(swapped);
    } catch (RuntimeException notOnTheCurve) {
      return null;
    }
  }

  /** A point of G1, or null. */
  private static P1_Affine decompress(byte[] in, int offset) {
    if ((in[offset] & 0x80) == 0) {
      return null;
    }
    P1_Affine point = readG1(Arrays.copyOfRange(in, offset, offset + BlsPoints.COMPRESSED_BYTES));
    return point != null && point.in_group() ? point : null;
  }

  /** The point of G1's curve that the library's own form stands for, or null. */
  private static P1_Affine readG1(byte[] encoded) {
    try {
      return new P1_Affine(encoded);
    } catch (RuntimeException notOnTheCurve) {
      return null;
    }
  }

  /** The numbers without their padding, or null where it is not zero or there are flags. */
  private static byte[] readNumbers(byte[] in, int offset, int count) {
    byte[] numbers = new byte[count * FP_BYTES];
    for (int i = 0; i < count; i++) {
      int at = offset + i * BlsPoints.FP_BYTES;
      if (!BlsPoints.isPadded(in, at) || (in[at + PADDING] & FLAGS) != 0) {
        return null;
      }
      System.arraycopy(in, at + PADDING, numbers, i * FP_BYTES, FP_BYTES);
    }
    return numbers;
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] write(P1 point) {
    byte[] out = new byte[BlsPoints.G1_BYTES];
    if (!point.is_inf()) {
      byte[] coordinates = point.serialize();
      for (int number = 0; number < 2; number++) {
        writeNumber(coordinates, number, out, number);
      }
    }
    return out;
  }

  private static byte[] write(P2 point) {
    byte[] out = new byte[BlsPoints.G2_BYTES];
    if (!point.is_inf()) {
      byte[] coordinates = point.serialize();
      for (int number = 0; number < 4; number++) {
        writeNumber(coordinates, number ^ 1, out, number);
      }
    }
    return out;
  }

  private static void writeNumber(byte[] coordinates, int from, byte[] out, int to) {
    System.arraycopy(
        coordinates, from * FP_BYTES, out, to * BlsPoints.FP_BYTES + PADDING, FP_BYTES);
  }
}
