package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;

/**
 * The constants of x -> x^(p^i), i from 1 to 3, on Fp12: the coefficient of w^k is conjugated if i
 * is odd and multiplied with xi^(k (p^i - 1) / 6). Immutable.
 */
public final class Frobenius {
  private final long[][][] factors = new long[4][6][];

  public Frobenius(QuadraticField fp2) {
    BigInteger p = fp2.base().modulus();
    long[] xi = new long[fp2.size()];
    fp2.setOne(xi, 0);
    fp2.mulByXi(xi, 0, xi, 0);
    for (int i = 1; i <= 3; i++) {
      BigInteger sixth = p.pow(i).subtract(BigInteger.ONE).divide(BigInteger.valueOf(6));
      for (int k = 0; k < 6; k++) {
        long[] factor = new long[fp2.size()];
        fp2.pow(factor, 0, xi, 0, sixth.multiply(BigInteger.valueOf(k)));
        factors[i][k] = factor;
      }
    }
  }

  /** xi^(k (p^i - 1) / 6), not to be written to. */
  public long[] factor(int i, int k) {
    return factors[i][k];
  }
}
