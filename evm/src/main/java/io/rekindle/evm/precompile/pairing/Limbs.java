package io.rekindle.evm.precompile.pairing;

/** Sums of numbers limb by limb, without carries, for those who know how much room limbs have. */
final class Limbs {
  private Limbs() {}

  /** r = a + b, of {@code n} limbs. */
  static void add(long[] r, int ro, long[] a, int ao, long[] b, int bo, int n) {
    for (int i = 0; i < n; i++) {
      r[ro + i] = a[ao + i] + b[bo + i];
    }
  }

  /** r = a - b, of {@code n} limbs. */
  static void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo, int n) {
    for (int i = 0; i < n; i++) {
      r[ro + i] = a[ao + i] - b[bo + i];
    }
  }
}
