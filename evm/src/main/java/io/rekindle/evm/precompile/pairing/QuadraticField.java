package io.rekindle.evm.precompile.pairing;

/**
 * Fp2 = Fp[u] / (u^2 + 1): an element is c0 + c1 * u, c0 first. Carries scratch space: for one
 * thread at a time.
 *
 * <p>It knows the number xi = k + u, neither a square nor a cube here, on which the higher fields
 * are built.
 */
public final class QuadraticField extends Field {
  private final PrimeField base;
  private final int xi;
  private final int n;
  private final long[] zero;
  private final long[] wide;
  private final long[] product;
  private final long[] s;
  private final long[] t;

  /**
   * @param xi the k of xi = k + u, a positive number
   */
  public QuadraticField(PrimeField base, int xi) {
    super(2 * base.size());
    this.base = base;
    this.xi = xi;
    n = base.size();
    zero = new long[2 * n];
    wide = new long[4 * n];
    product = new long[2 * n];
    s = new long[n];
    t = new long[n];
  }

  public PrimeField base() {
    return base;
  }

  @Override
  public void add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    base.add(r, ro, a, ao, b, bo);
    base.add(r, ro + n, a, ao + n, b, bo + n);
  }

  @Override
  public void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    base.sub(r, ro, a, ao, b, bo);
    base.sub(r, ro + n, a, ao + n, b, bo + n);
  }

  @Override
  public void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    mulWide(wide, 0, a, ao, b, bo);
    reduce(r, ro, wide, 0);
  }

  @Override
  public void square(long[] r, int ro, long[] a, int ao) {
    squareWide(wide, 0, a, ao);
    reduce(r, ro, wide, 0);
  }

  /** Longs of a product that is not reduced: as {@link PrimeField#mulWide}, c0 first. */
  int wideSize() {
    return 4 * n;
  }

  /**
   * w = a * b, not reduced, by Karatsuba's way: the real part is from -p^2 to p^2, the imaginary
   * part from 0 to 2 p^2. Operands may be sums of two elements without carries; the product is then
   * four times as large.
   */
  void mulWide(long[] w, int wo, long[] a, int ao, long[] b, int bo) {
    Limbs.add(s, 0, a, ao, a, ao + n, n);
    Limbs.add(t, 0, b, bo, b, bo + n, n);
    base.mulWide(product, 0, a, ao + n, b, bo + n);
    base.mulWide(w, wo, a, ao, b, bo);
    base.mulWide(w, wo + 2 * n, s, 0, t, 0);
    for (int i = 0; i < 2 * n; i++) {
      w[wo + 2 * n + i] -= w[wo + i] + product[i];
      w[wo + i] -= product[i];
    }
  }

  /** w = a * a = (c0 + c1)(c0 - c1) + 2 c0 c1 u; as {@link #mulWide}. */
  void squareWide(long[] w, int wo, long[] a, int ao) {
    Limbs.add(s, 0, a, ao, a, ao + n, n);
    Limbs.sub(t, 0, a, ao, a, ao + n, n);
    base.mulWide(w, wo, s, 0, t, 0);
    Limbs.add(s, 0, a, ao, a, ao, n);
    base.mulWide(w, wo + 2 * n, s, 0, a, ao + n);
  }

  /** The element for sums and differences of a few products that are not reduced. */
  void reduce(long[] r, int ro, long[] w, int wo) {
    base.reduce(r, ro, w, wo);
    base.reduce(r, ro + n, w, wo + 2 * n);
  }

  /** w = w * xi, not reduced. */
  void mulWideByXi(long[] w, int wo) {
    for (int i = 0; i < 2 * n; i++) {
      long c0 = w[wo + i];
      long c1 = w[wo + 2 * n + i];
      w[wo + i] = xi * c0 - c1;
      w[wo + 2 * n + i] = c0 + xi * c1;
    }
  }

  /** (c0 - c1 u) / (c0^2 + c1^2). */
  @Override
  public void invert(long[] r, int ro, long[] a, int ao) {
    base.square(s, 0, a, ao);
    base.square(t, 0, a, ao + n);
    base.add(s, 0, s, 0, t, 0);
    base.invert(s, 0, s, 0);
    base.negate(t, 0, s, 0);
    base.mul(r, ro, a, ao, s, 0);
    base.mul(r, ro + n, a, ao + n, t, 0);
  }

  /** r = a times an element of Fp. */
  public void scale(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
    base.copy(t, 0, b, bo);
    base.mul(r, ro, a, ao, t, 0);
    base.mul(r, ro + n, a, ao + n, t, 0);
  }

  /** r = c0 - c1 u, which is a to the power of p. */
  public void conjugate(long[] r, int ro, long[] a, int ao) {
    base.copy(r, ro, a, ao);
    base.negate(r, ro + n, a, ao + n);
  }

  /** r = a * xi = (k c0 - c1) + (c0 + k c1) u. */
  public void mulByXi(long[] r, int ro, long[] a, int ao) {
    multiple(s, a, ao);
    multiple(t, a, ao + n);
    base.sub(s, 0, s, 0, a, ao + n);
    base.add(r, ro + n, t, 0, a, ao);
    base.copy(r, ro, s, 0);
  }

  /** r = k * a in Fp; k has few bits. */
  private void multiple(long[] r, long[] a, int ao) {
    base.copy(r, 0, a, ao);
    for (int bit = Integer.highestOneBit(xi) >> 1; bit != 0; bit >>= 1) {
      base.add(r, 0, r, 0, r, 0);
      if ((xi & bit) != 0) {
        base.add(r, 0, r, 0, a, ao);
      }
    }
  }

  @Override
  public void setOne(long[] r, int ro) {
    base.setOne(r, ro);
    base.setZero(r, ro + n);
  }

  @Override
  long[] zero() {
    return zero;
  }
}
