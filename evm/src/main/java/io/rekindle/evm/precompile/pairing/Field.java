package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;

/**
 * A finite field whose elements are {@link #size()} longs at an offset of an array. The result of
 * an operation may be where its operands are. Operands are reduced, and so is every result.
 */
public abstract class Field {
  private final int size;

  Field(int size) {
    this.size = size;
  }

  /** Longs an element takes. */
  public final int size() {
    return size;
  }

  /** r = a + b. */
  public abstract void add(long[] r, int ro, long[] a, int ao, long[] b, int bo);

  /** r = a - b. */
  public abstract void sub(long[] r, int ro, long[] a, int ao, long[] b, int bo);

  /** r = a * b. */
  public abstract void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo);

  /** r = a * a. */
  public abstract void square(long[] r, int ro, long[] a, int ao);

  /** r = 1 / a, and 0 for 0. */
  public abstract void invert(long[] r, int ro, long[] a, int ao);

  /** r = a to the power of a number that is not negative. */
  public final void pow(long[] r, int ro, long[] a, int ao, BigInteger exponent) {
    long[] powers = new long[16 * size];
    setOne(powers, 0);
    for (int i = 1; i < 16; i++) {
      mul(powers, i * size, powers, (i - 1) * size, a, ao);
    }
    long[] result = new long[size];
    setOne(result, 0);
    for (int digit = (exponent.bitLength() + 3) / 4 - 1; digit >= 0; digit--) {
      for (int i = 0; i < 4; i++) {
        square(result, 0, result, 0);
      }
      int nibble = exponent.shiftRight(4 * digit).intValue() & 15;
      if (nibble != 0) {
        mul(result, 0, result, 0, powers, size * nibble);
      }
    }
    copy(r, ro, result, 0);
  }

  /** r = 1. */
  public abstract void setOne(long[] r, int ro);

  /** r = -a. */
  public final void negate(long[] r, int ro, long[] a, int ao) {
    sub(r, ro, zero(), 0, a, ao);
  }

  /** r = a. */
  public final void copy(long[] r, int ro, long[] a, int ao) {
    System.arraycopy(a, ao, r, ro, size);
  }

  /** r = 0. */
  public final void setZero(long[] r, int ro) {
    for (int i = 0; i < size; i++) {
      r[ro + i] = 0;
    }
  }

  public final boolean isZero(long[] a, int ao) {
    long bits = 0;
    for (int i = 0; i < size; i++) {
      bits |= a[ao + i];
    }
    return bits == 0;
  }

  public final boolean equal(long[] a, int ao, long[] b, int bo) {
    long bits = 0;
    for (int i = 0; i < size; i++) {
      bits |= a[ao + i] ^ b[bo + i];
    }
    return bits == 0;
  }

  /** An element that is zero, not to be written to. */
  abstract long[] zero();
}
