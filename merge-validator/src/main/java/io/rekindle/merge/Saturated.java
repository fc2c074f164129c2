package io.rekindle.merge;

import io.rekindle.evm.word.UInt256;

/** Sums and differences of balances that may leave 256 bits. */
final class Saturated {
  private Saturated() {}

  /** The sum, or 2^256 - 1 where it is larger. */
  static UInt256 add(UInt256 a, UInt256 b) {
    UInt256 sum = a.add(b);
    return sum.compareTo(a) < 0 ? UInt256.MAX : sum;
  }

  /** Whether {@code a - b < c - d}; neither is negative. Makes no objects for real balances. */
  static boolean isDifferenceLess(UInt256 a, UInt256 b, UInt256 c, UInt256 d) {
    if ((a.limb3() | a.limb2() | c.limb3() | c.limb2()) != 0) {
      return a.subtract(b).compareTo(c.subtract(d)) < 0;
    }
    long high = differenceHigh(a, b);
    long otherHigh = differenceHigh(c, d);
    return high == otherHigh
        ? Long.compareUnsigned(a.limb0() - b.limb0(), c.limb0() - d.limb0()) < 0
        : Long.compareUnsigned(high, otherHigh) < 0;
  }

  private static long differenceHigh(UInt256 a, UInt256 b) {
    long borrow = Long.compareUnsigned(a.limb0(), b.limb0()) < 0 ? 1 : 0;
    return a.limb1() - b.limb1() - borrow;
  }
}
