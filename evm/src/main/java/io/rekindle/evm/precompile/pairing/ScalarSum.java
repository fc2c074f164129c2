package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of products k P of few points: Straus's interleaving, with signed digits of five bits
 * over tables of odd multiples, and the doublings shared by all points. For points of a large
 * order, one thread, and one sum.
 */
public final class ScalarSum {
  private static final int WIDTH = 5;
  private static final int ENTRIES = 1 << (WIDTH - 2);

  private final Curve curve;
  private final List<byte[]> digits = new ArrayList<>();
  private final List<long[]> points = new ArrayList<>();

  public ScalarSum(Curve curve) {
    this.curve = curve;
  }

  /** Adds k times an affine point; k may be negative. */
  public void add(long[] affine, int at, BigInteger k) {
    if (k.signum() == 0 || curve.isAffineInfinity(affine, at)) {
      return;
    }
    long[] point = new long[curve.size()];
    curve.fromAffine(point, 0, affine, at);
    if (k.signum() < 0) {
      curve.negateY(point, 0);
    }
    points.add(point);
    digits.add(SignedDigits.wnaf(k.abs(), WIDTH));
  }

  /** r = the sum, in Jacobian coordinates. */
  public void sum(long[] r, int ro) {
    long[] tables = tables();
    long[] sum = new long[curve.size()];
    long[] negated = new long[curve.affineSize()];
    curve.setInfinity(sum, 0);
    int length = 0;
    for (byte[] number : digits) {
      length = Math.max(length, number.length);
    }
    for (int bit = length - 1; bit >= 0; bit--) {
      curve.twice(sum, 0, sum, 0);
      for (int i = 0; i < digits.size(); i++) {
        byte[] number = digits.get(i);
        int digit = bit < number.length ? number[bit] : 0;
        if (digit > 0) {
          curve.addAffine(sum, 0, sum, 0, tables, entry(i, digit));
        } else if (digit < 0) {
          System.arraycopy(tables, entry(i, -digit), negated, 0, negated.length);
          curve.negateY(negated, 0);
          curve.addAffine(sum, 0, sum, 0, negated, 0);
        }
      }
    }
    curve.copy(r, ro, sum, 0);
  }

  private int entry(int point, int digit) {
    return (point * ENTRIES + digit / 2) * curve.affineSize();
  }

  /** P, 3 P, 5 P and so on for each point, affine. */
  private long[] tables() {
    int size = curve.size();
    long[] table = new long[points.size() * ENTRIES * size];
    long[] twice = new long[size];
    for (int i = 0; i < points.size(); i++) {
      int at = i * ENTRIES * size;
      curve.copy(table, at, points.get(i), 0);
      curve.twice(twice, 0, table, at);
      for (int entry = 1; entry < ENTRIES; entry++) {
        curve.add(table, at + entry * size, table, at + (entry - 1) * size, twice, 0);
      }
    }
    return curve.toAffine(table, points.size() * ENTRIES);
  }
}
