package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of products k P of few points: Straus's interleaving, with signed digits of five bits
 * over tables of odd multiples, and the doublings shared by all points. Where a curve has an
 * endomorphism, k P is a sum of several short multiples, of P and of its images, and the table of
 * an image is the image of P's table. For points of a large order, one thread, and one sum.
 */
public final class ScalarSum {
  private static final int WIDTH = 5;
  private static final int ENTRIES = 1 << (WIDTH - 2);

  /** A homomorphism of the curve. */
  @FunctionalInterface
  public interface PointMap {
    /** r = the image of an affine point, affine; it may be where p is. */
    void apply(long[] r, int ro, long[] p, int po);
  }

  /** One point's digits, those of each image after another. */
  private record Term(List<byte[]> digits, PointMap map) {}

  private final Curve curve;
  private final List<Term> terms = new ArrayList<>();
  private final List<long[]> points = new ArrayList<>();

  public ScalarSum(Curve curve) {
    this.curve = curve;
  }

  /** Adds parts[0] P + parts[1] map(P) + parts[2] map(map(P)) and so on; parts may be negative. */
  public void add(long[] affine, int at, PointMap map, BigInteger... parts) {
    if (curve.isAffineInfinity(affine, at)) {
      return;
    }
    long[] point = new long[curve.size()];
    curve.fromAffine(point, 0, affine, at);
    points.add(point);
    List<byte[]> digits = new ArrayList<>(parts.length);
    for (BigInteger part : parts) {
      byte[] number = SignedDigits.wnaf(part.abs(), WIDTH);
      if (part.signum() < 0) {
        for (int i = 0; i < number.length; i++) {
          number[i] = (byte) -number[i];
        }
      }
      digits.add(number);
    }
    terms.add(new Term(digits, map));
  }

  /** r = the sum, in Jacobian coordinates. */
  public void sum(long[] r, int ro) {
    long[] tables = withImages(tables());
    List<byte[]> digits = new ArrayList<>();
    int length = 0;
    for (Term term : terms) {
      for (byte[] number : term.digits()) {
        digits.add(number);
        length = Math.max(length, number.length);
      }
    }
    long[] sum = new long[curve.size()];
    long[] negated = new long[curve.affineSize()];
    curve.setInfinity(sum, 0);
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

  private int entry(int table, int digit) {
    return (table * ENTRIES + digit / 2) * curve.affineSize();
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

  /** Each point's table and, after it, those of its images. */
  private long[] withImages(long[] tables) {
    int length = ENTRIES * curve.affineSize();
    int count = 0;
    for (Term term : terms) {
      count += term.digits().size();
    }
    long[] all = new long[count * length];
    int to = 0;
    for (int i = 0; i < terms.size(); i++) {
      System.arraycopy(tables, i * length, all, to, length);
      to += length;
      for (int image = 1; image < terms.get(i).digits().size(); image++) {
        for (int at = 0; at < length; at += curve.affineSize()) {
          terms.get(i).map().apply(all, to + at, all, to - length + at);
        }
        to += length;
      }
    }
    return all;
  }
}
