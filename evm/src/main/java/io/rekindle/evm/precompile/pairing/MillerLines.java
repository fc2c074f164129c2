package io.rekindle.evm.precompile.pairing;

import java.util.Arrays;

/**
 * The lines that a Miller loop meets on its way through the multiples of one point Q of the twist.
 * They depend on Q alone, so those of a fixed point are computed once. A line is three elements of
 * Fp2: the coefficients of y and of x, and the rest.
 *
 * <p>Formulas in homogeneous coordinates: Costello, Lange, Naehrig: "Faster Pairing Computations on
 * Curves with High-Degree Twists", 2010; Aranha et al.: "Faster Explicit Formulas for Computing
 * Pairings over Ordinary Curves", 2011.
 */
public final class MillerLines {
  private final QuadraticField f;
  private final int n;
  private final long[] twistB;
  private final long[] half;
  private final long[] x;
  private final long[] y;
  private final long[] z;
  private long[] lines;
  private int count;
  private boolean normalized;
  private final long[] a;
  private final long[] b;
  private final long[] c;
  private final long[] d;
  private final long[] e;
  private final long[] g;

  private MillerLines(QuadraticField f, long[] twistB, int expected) {
    this.f = f;
    this.twistB = twistB;
    n = f.size();
    lines = new long[expected * 3 * n];
    x = new long[n];
    y = new long[n];
    z = new long[n];
    a = new long[n];
    b = new long[n];
    c = new long[n];
    d = new long[n];
    e = new long[n];
    g = new long[n];
    half = new long[f.base().size()];
    f.base().setOne(half, 0);
    f.base().add(half, 0, half, 0, half, 0);
    f.base().invert(half, 0, half, 0);
  }

  /**
   * The lines of a loop over the digits of a number, after its top digit, which is 1.
   *
   * @param digits -1, 0 or 1, the most significant first
   * @param q an affine point of the twist, not infinite
   */
  public static MillerLines of(QuadraticField f, long[] twistB, byte[] digits, long[] q, int qo) {
    MillerLines lines = new MillerLines(f, twistB, digits.length * 3 / 2 + 2);
    int n = lines.n;
    long[] negated = Arrays.copyOfRange(q, qo, qo + 2 * n);
    f.negate(negated, n, negated, n);
    f.copy(lines.x, 0, q, qo);
    f.copy(lines.y, 0, q, qo + n);
    f.setOne(lines.z, 0);
    for (int i = 1; i < digits.length; i++) {
      lines.twice();
      if (digits[i] > 0) {
        lines.add(q, qo);
      } else if (digits[i] < 0) {
        lines.add(negated, 0);
      }
    }
    return lines;
  }

  /**
   * The same lines, each divided by its coefficient of y. A factor in Fp2 does not change a
   * pairing, and a coefficient of one saves multiplications; worth an inversion a line for a fixed
   * point.
   */
  public MillerLines normalized() {
    MillerLines unit = new MillerLines(f, twistB, count);
    unit.count = count;
    unit.normalized = true;
    for (int i = 0; i < count; i++) {
      int at = at(i);
      f.invert(a, 0, lines, at);
      f.setOne(unit.lines, at);
      f.mul(unit.lines, at + n, lines, at + n, a, 0);
      f.mul(unit.lines, at + 2 * n, lines, at + 2 * n, a, 0);
    }
    return unit;
  }

  /** Whether all coefficients of y are one. */
  boolean isNormalized() {
    return normalized;
  }

  int count() {
    return count;
  }

  /** Where line {@code i} starts in {@link #coefficients()}. */
  int at(int i) {
    return 3 * n * i;
  }

  long[] coefficients() {
    return lines;
  }

  private int next() {
    int at = at(count++);
    if (at == lines.length) {
      lines = Arrays.copyOf(lines, lines.length + 6 * n);
    }
    return at;
  }

  /** T = 2 T, and the tangent at T. */
  private void twice() {
    f.mul(a, 0, x, 0, y, 0);
    f.scale(a, 0, a, 0, half, 0);
    f.square(b, 0, y, 0);
    f.square(c, 0, z, 0);
    f.add(d, 0, c, 0, c, 0);
    f.add(d, 0, d, 0, c, 0);
    f.mul(e, 0, twistB, 0, d, 0);
    f.add(g, 0, y, 0, z, 0);
    f.square(g, 0, g, 0);
    f.sub(g, 0, g, 0, b, 0);
    f.sub(g, 0, g, 0, c, 0);
    int line = next();
    f.negate(lines, line, g, 0);
    f.square(d, 0, x, 0);
    f.add(c, 0, d, 0, d, 0);
    f.add(lines, line + n, c, 0, d, 0);
    f.sub(lines, line + 2 * n, e, 0, b, 0);
    f.add(d, 0, e, 0, e, 0);
    f.add(d, 0, d, 0, e, 0);
    f.sub(c, 0, b, 0, d, 0);
    f.mul(x, 0, a, 0, c, 0);
    f.mul(z, 0, b, 0, g, 0);
    f.add(d, 0, b, 0, d, 0);
    f.scale(d, 0, d, 0, half, 0);
    f.square(d, 0, d, 0);
    f.square(e, 0, e, 0);
    f.add(c, 0, e, 0, e, 0);
    f.add(e, 0, c, 0, e, 0);
    f.sub(y, 0, d, 0, e, 0);
  }

  /** T = T + q, and the line through both; T is neither q nor -q. */
  public void add(long[] q, int qo) {
    f.mul(a, 0, q, qo + n, z, 0);
    f.sub(a, 0, y, 0, a, 0);
    f.mul(b, 0, q, qo, z, 0);
    f.sub(b, 0, x, 0, b, 0);
    int line = next();
    f.copy(lines, line, b, 0);
    f.negate(lines, line + n, a, 0);
    f.mul(c, 0, a, 0, q, qo);
    f.mul(d, 0, b, 0, q, qo + n);
    f.sub(lines, line + 2 * n, c, 0, d, 0);
    f.square(c, 0, a, 0);
    f.square(d, 0, b, 0);
    f.mul(e, 0, b, 0, d, 0);
    f.mul(g, 0, z, 0, c, 0);
    f.mul(d, 0, x, 0, d, 0);
    f.add(g, 0, e, 0, g, 0);
    f.sub(g, 0, g, 0, d, 0);
    f.sub(g, 0, g, 0, d, 0);
    f.mul(x, 0, b, 0, g, 0);
    f.sub(d, 0, d, 0, g, 0);
    f.mul(d, 0, a, 0, d, 0);
    f.mul(g, 0, e, 0, y, 0);
    f.sub(y, 0, d, 0, g, 0);
    f.mul(z, 0, z, 0, e, 0);
  }
}
