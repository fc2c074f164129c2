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
  private final int wide;
  private final long[] w0;
  private final long[] w1;
  private final long[] w2;
  private final long[] product0;
  private final long[] product1;
  private final long[] product2;

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
    wide = base.wideSize();
    w0 = new long[wide];
    w1 = new long[wide];
    w2 = new long[wide];
    product0 = new long[wide];
    product1 = new long[wide];
    product2 = new long[wide];
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
    base.mulWide(product0, 0, a, ao, b, bo);
    base.mulWide(product1, 0, a, ao + n, b, bo + n);
    base.mulWide(product2, 0, a, ao + 2 * n, b, bo + 2 * n);
    crossProduct(w0, a, ao + n, ao + 2 * n, b, bo + n, bo + 2 * n, product1, product2);
    crossProduct(w1, a, ao, ao + n, b, bo, bo + n, product0, product1);
    crossProduct(w2, a, ao, ao + 2 * n, b, bo, bo + 2 * n, product0, product2);
    base.mulWideByXi(w0, 0);
    Limbs.add(w0, 0, w0, 0, product0, 0, wide);
    base.mulWideByXi(product2, 0);
    Limbs.add(w1, 0, w1, 0, product2, 0, wide);
    Limbs.add(w2, 0, w2, 0, product1, 0, wide);
    reduce(r, ro);
  }

  private void reduce(long[] r, int ro) {
    base.reduce(r, ro, w0, 0);
    base.reduce(r, ro + n, w1, 0);
    base.reduce(r, ro + 2 * n, w2, 0);
  }

  /** r = (ai + aj)(bi + bj) - ai bi - aj bj = ai bj + aj bi, not reduced. */
  private void crossProduct(
      long[] r, long[] a, int ai, int aj, long[] b, int bi, int bj, long[] ofI, long[] ofJ) {
    Limbs.add(s, 0, a, ai, a, aj, n);
    Limbs.add(t, 0, b, bi, b, bj, n);
    base.mulWide(r, 0, s, 0, t, 0);
    for (int k = 0; k < wide; k++) {
      r[k] -= ofI[k] + ofJ[k];
    }
  }

  @Override
  public void square(long[] r, int ro, long[] a, int ao) {
    mul(r, ro, a, ao, a, ao);
  }

  /** r = a * (b0 + b1 v), five multiplications of Fp2. */
  void mulBy01(long[] r, int ro, long[] a, int ao, long[] b0, int b0o, long[] b1, int b1o) {
    base.mulWide(product0, 0, a, ao, b0, b0o);
    base.mulWide(product1, 0, a, ao + n, b1, b1o);
    base.mulWide(w0, 0, a, ao + 2 * n, b1, b1o);
    base.mulWide(w2, 0, a, ao + 2 * n, b0, b0o);
    Limbs.add(s, 0, a, ao, a, ao + n, n);
    Limbs.add(t, 0, b0, b0o, b1, b1o, n);
    base.mulWide(w1, 0, s, 0, t, 0);
    for (int k = 0; k < wide; k++) {
      w1[k] -= product0[k] + product1[k];
      w2[k] += product1[k];
    }
    base.mulWideByXi(w0, 0);
    Limbs.add(w0, 0, w0, 0, product0, 0, wide);
    reduce(r, ro);
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
