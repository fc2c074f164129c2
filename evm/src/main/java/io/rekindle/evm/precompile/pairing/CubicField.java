package io.rekindle.evm.precompile.pairing;

/**
 * Fp6 = Fp2[v] / (v^3 - xi): an element is c0 + c1 * v + c2 * v^2, c0 first. Carries scratch space:
 * for one thread at a time. Formulas: Devegili, O hEigeartaigh, Scott, Dahab: "Multiplication and
 * Squaring on Pairing-Friendly Fields", 2006.
 */
final class CubicField extends Field {
  private final QuadraticField base;
  private final int n;
  private final long[] zero;
  private final long[] v0;
  private final long[] v1;
  private final long[] v2;
  private final long[] s;
  private final long[] t;
  private final long[] w;
  private final long[] sum;

  CubicField(QuadraticField base) {
    super(3 * base.size());
    this.base = base;
    n = base.size();
    zero = new long[3 * n];
    v0 = new long[n];
    v1 = new long[n];
    v2 = new long[n];
    s = new long[n];
    t = new long[n];
    w = new long[n];
    sum = new long[n];
  }

  QuadraticField base() {
    return base;
  }

  @Override
  public void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    base.add(r, ro, a, ao, b, bo);
    base.add(r, ro + n, a, ao + n, b, bo + n);
    base.add(r, ro + 2 * n, a, ao + 2 * n, b, bo + 2 * n);
  }

  @Override
  public void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    base.sub(r, ro, a, ao, b, bo);
    base.sub(r, ro + n, a, ao + n, b, bo + n);
    base.sub(r, ro + 2 * n, a, ao + 2 * n, b, bo + 2 * n);
  }

  /** Six multiplications of Fp2, by Karatsuba's way for each pair of coefficients. */
  @Override
  public void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    base.mul(v0, 0, a, ao, b, bo);
    base.mul(v1, 0, a, ao + n, b, bo + n);
    base.mul(v2, 0, a, ao + 2 * n, b, bo + 2 * n);
    crossProduct(s, a, ao + n, ao + 2 * n, b, bo + n, bo + 2 * n, v1, v2);
    crossProduct(t, a, ao, ao + n, b, bo, bo + n, v0, v1);
    crossProduct(w, a, ao, ao + 2 * n, b, bo, bo + 2 * n, v0, v2);
    base.mulByXi(s, 0, s, 0);
    base.add(r, ro, v0, 0, s, 0);
    base.mulByXi(v2, 0, v2, 0);
    base.add(r, ro + n, t, 0, v2, 0);
    base.add(r, ro + 2 * n, w, 0, v1, 0);
  }

  /** r = (ai + aj)(bi + bj) - ai bi - aj bj. */
  private void crossProduct(
      long[] r, long[] a, int ai, int aj, long[] b, int bi, int bj, long[] vi, long[] vj) {
    base.add(r, 0, a, ai, a, aj);
    base.add(sum, 0, b, bi, b, bj);
    base.mul(r, 0, r, 0, sum, 0);
    base.sub(r, 0, r, 0, vi, 0);
    base.sub(r, 0, r, 0, vj, 0);
  }

  @Override
  public void square(long[] r, int ro, long[] a, int ao) {
    mul(r, ro, a, ao, a, ao);
  }

  /** r = a * (b0 + b1 v), five multiplications of Fp2. */
  void mulBy01(long[] r, int ro, long[] a, int ao, long[] b0, int b0o, long[] b1, int b1o) {
    base.mul(v0, 0, a, ao, b0, b0o);
    base.mul(v1, 0, a, ao + n, b1, b1o);
    base.mul(v2, 0, a, ao + 2 * n, b0, b0o);
    base.mul(s, 0, a, ao + 2 * n, b1, b1o);
    base.add(t, 0, a, ao, a, ao + n);
    base.add(w, 0, b0, b0o, b1, b1o);
    base.mul(t, 0, t, 0, w, 0);
    base.sub(t, 0, t, 0, v0, 0);
    base.sub(r, ro + n, t, 0, v1, 0);
    base.mulByXi(s, 0, s, 0);
    base.add(r, ro, v0, 0, s, 0);
    base.add(r, ro + 2 * n, v2, 0, v1, 0);
  }

  /** r = a * b1 v. */
  void mulBy1(long[] r, int ro, long[] a, int ao, long[] b1, int b1o) {
    base.mul(s, 0, a, ao + 2 * n, b1, b1o);
    base.mul(t, 0, a, ao, b1, b1o);
    base.mul(r, ro + 2 * n, a, ao + n, b1, b1o);
    base.copy(r, ro + n, t, 0);
    base.mulByXi(r, ro, s, 0);
  }

  /** r = a * b0. */
  void mulBy0(long[] r, int ro, long[] a, int ao, long[] b0, int b0o) {
    base.copy(t, 0, b0, b0o);
    base.mul(r, ro, a, ao, t, 0);
    base.mul(r, ro + n, a, ao + n, t, 0);
    base.mul(r, ro + 2 * n, a, ao + 2 * n, t, 0);
  }

  /** r = a * v = xi c2 + c0 v + c1 v^2. */
  void mulByV(long[] r, int ro, long[] a, int ao) {
    base.mulByXi(s, 0, a, ao + 2 * n);
    base.copy(t, 0, a, ao);
    base.copy(r, ro + 2 * n, a, ao + n);
    base.copy(r, ro + n, t, 0);
    base.copy(r, ro, s, 0);
  }

  /** With A = c0^2 - xi c1 c2, B = xi c2^2 - c0 c1, C = c1^2 - c0 c2: (A + B v + C v^2) / norm. */
  @Override
  public void invert(long[] r, int ro, long[] a, int ao) {
    base.square(v0, 0, a, ao);
    base.mul(s, 0, a, ao + n, a, ao + 2 * n);
    base.mulByXi(s, 0, s, 0);
    base.sub(v0, 0, v0, 0, s, 0);
    base.square(v1, 0, a, ao + 2 * n);
    base.mulByXi(v1, 0, v1, 0);
    base.mul(s, 0, a, ao, a, ao + n);
    base.sub(v1, 0, v1, 0, s, 0);
    base.square(v2, 0, a, ao + n);
    base.mul(s, 0, a, ao, a, ao + 2 * n);
    base.sub(v2, 0, v2, 0, s, 0);
    base.mul(s, 0, a, ao + 2 * n, v1, 0);
    base.mul(t, 0, a, ao + n, v2, 0);
    base.add(s, 0, s, 0, t, 0);
    base.mulByXi(s, 0, s, 0);
    base.mul(t, 0, a, ao, v0, 0);
    base.add(s, 0, s, 0, t, 0);
    base.invert(s, 0, s, 0);
    base.mul(r, ro, v0, 0, s, 0);
    base.mul(r, ro + n, v1, 0, s, 0);
    base.mul(r, ro + 2 * n, v2, 0, s, 0);
  }

  @Override
  public void setOne(long[] r, int ro) {
    setZero(r, ro);
    base.setOne(r, ro);
  }

  @Override
  long[] zero() {
    return zero;
  }
}
