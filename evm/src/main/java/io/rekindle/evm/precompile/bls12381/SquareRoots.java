package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.pairing.PrimeField;
import io.rekindle.evm.precompile.pairing.QuadraticField;
import java.math.BigInteger;

/** Square roots in Fp and Fp2, where p is 3 modulo 4. */
final class SquareRoots {
  private static final PrimeField FP = Bls12381.FP;
  private static final int N = FP.size();

  /** (p - 3) / 4. */
  private static final BigInteger QUARTER =
      FP.modulus().subtract(BigInteger.valueOf(3)).shiftRight(2);

  private static final long[] HALF = half();

  private SquareRoots() {}

  private static long[] half() {
    long[] half = FP.element(BigInteger.TWO);
    FP.invert(half, 0, half, 0);
    return half;
  }

  /** r = a root of a, or false where there is none; r may then be anything. */
  static boolean ofFp(long[] r, int ro, long[] a, int ao) {
    long[] value = new long[N];
    FP.copy(value, 0, a, ao);
    FP.pow(r, ro, value, 0, QUARTER);
    FP.mul(r, ro, r, ro, value, 0);
    long[] square = new long[N];
    FP.square(square, 0, r, ro);
    return FP.equal(square, 0, value, 0);
  }

  /**
   * r = a root of a0 + a1 u, or false where there is none. With n a root of the norm a0^2 + a1^2
   * and d = (a0 + n) / 2 the root is s + a1 / (2 s) u, where s is a root of d. If d has none, s =
   * d^((p+1)/4) is a root of -d, and the root is a1 / (2 s) + s u.
   */
  static boolean ofFp2(QuadraticField fp2, long[] r, long[] a) {
    long[] norm = new long[N];
    long[] d = new long[N];
    FP.square(norm, 0, a, 0);
    FP.square(d, 0, a, N);
    FP.add(norm, 0, norm, 0, d, 0);
    if (!ofFp(norm, 0, norm, 0)) {
      return false;
    }
    FP.add(d, 0, a, 0, norm, 0);
    if (FP.isZero(d, 0)) {
      FP.sub(d, 0, a, 0, norm, 0);
    }
    FP.mul(d, 0, d, 0, HALF, 0);
    long[] s = new long[N];
    boolean square = ofFp(s, 0, d, 0);
    long[] other = new long[N];
    FP.add(other, 0, s, 0, s, 0);
    FP.invert(other, 0, other, 0);
    FP.mul(other, 0, other, 0, a, N);
    FP.copy(r, square ? 0 : N, s, 0);
    FP.copy(r, square ? N : 0, other, 0);
    long[] check = new long[2 * N];
    fp2.square(check, 0, r, 0);
    return fp2.equal(check, 0, a, 0);
  }
}
