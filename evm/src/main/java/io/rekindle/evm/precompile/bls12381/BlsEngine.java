package io.rekindle.evm.precompile.bls12381;

import java.math.BigInteger;

/**
 * The groups of BLS12-381 and their pairing on the bytes of the precompiles. There are two, which
 * give the same answers: {@link BlsEngines}. Safe for threads.
 *
 * <p>Inputs are whole: the caller has checked their length, and no list is empty. Points are as
 * {@link BlsPoints} has them.
 */
interface BlsEngine {
  /** What it is called where a person reads it. */
  String name();

  /**
   * The sum of two points of G1's curve, in the subgroup or not, or null where one is not on it.
   */
  byte[] addG1(byte[] points);

  /** The sum of two points of the twist, in the subgroup or not, or null where one is not on it. */
  byte[] addG2(byte[] points);

  /**
   * The sum of multiples of points of G1, each a point and a 32-byte scalar, or null where a point
   * is not in G1.
   */
  byte[] sumG1(byte[] terms);

  /** As {@link #sumG1}, of points of G2. */
  byte[] sumG2(byte[] terms);

  /**
   * The word 1 or 0 for whether the product of the pairings of these pairs, a point of G1 and one
   * of G2 each, is one; or null where a point is not in its group.
   */
  byte[] pairing(byte[] pairs);

  /**
   * Whether a proof of EIP-4844 holds; it does not where one of the points is not in G1.
   *
   * @param points commitment and proof, 48 bytes each, compressed
   * @param z where the polynomial is evaluated, below the order
   * @param y its value there, below the order
   */
  boolean proves(byte[] points, BigInteger z, BigInteger y);
}
