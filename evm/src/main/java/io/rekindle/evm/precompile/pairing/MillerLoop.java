package io.rekindle.evm.precompile.pairing;

import java.util.ArrayList;
import java.util.List;

/**
 * The product of Miller's functions of several pairs (P, Q), with the squarings shared. For one
 * thread, and one product.
 */
public final class MillerLoop {
  private final DodecicField fp12;
  private final QuadraticField fp2;
  private final TwistType type;
  private final byte[] digits;
  private final List<long[]> points = new ArrayList<>();
  private final List<MillerLines> lines = new ArrayList<>();
  private final long[] ofY;
  private final long[] ofX;
  private final long[] rest;

  /**
   * @param digits of the loop's number, as the lines were made with
   */
  public MillerLoop(DodecicField fp12, QuadraticField fp2, TwistType type, byte[] digits) {
    this.fp12 = fp12;
    this.fp2 = fp2;
    this.type = type;
    this.digits = digits;
    ofY = new long[fp2.size()];
    ofX = new long[fp2.size()];
    rest = new long[fp2.size()];
  }

  /**
   * Adds a pair: an affine point of odd order that is not infinite, and the lines of the other.
   * Normalized lines are for a twist of type M.
   */
  public void pair(long[] p, MillerLines linesOfQ) {
    points.add(linesOfQ.isNormalized() ? dividedByY(p) : p);
    lines.add(linesOfQ);
  }

  /** (x / y, 1 / y): what a line is multiplied with where its part of y stays one. */
  private long[] dividedByY(long[] p) {
    PrimeField fp = fp2.base();
    int n = fp.size();
    long[] divided = new long[2 * n];
    fp.invert(divided, n, p, n);
    fp.mul(divided, 0, p, 0, divided, n);
    return divided;
  }

  /** The product, an element of Fp12. */
  public long[] run() {
    long[] f = new long[fp12.size()];
    fp12.setOne(f, 0);
    int line = 0;
    for (int i = 1; i < digits.length; i++) {
      fp12.square(f, 0, f, 0);
      multiplyLines(f, line++);
      if (digits[i] != 0) {
        multiplyLines(f, line++);
      }
    }
    while (!lines.isEmpty() && line < lines.get(0).count()) {
      multiplyLines(f, line++);
    }
    return f;
  }

  private void multiplyLines(long[] f, int line) {
    int n = fp2.size();
    for (int i = 0; i < lines.size(); i++) {
      long[] coefficients = lines.get(i).coefficients();
      int at = lines.get(i).at(line);
      long[] p = points.get(i);
      if (lines.get(i).isNormalized()) {
        fp2.scale(ofX, 0, coefficients, at + n, p, 0);
        fp2.scale(rest, 0, coefficients, at + 2 * n, p, n / 2);
        fp12.mulBy01WithUnit4(f, 0, rest, ofX);
        continue;
      }
      fp2.scale(ofY, 0, coefficients, at, p, n / 2);
      fp2.scale(ofX, 0, coefficients, at + n, p, 0);
      fp2.copy(rest, 0, coefficients, at + 2 * n);
      switch (type) {
        case D -> fp12.mulBy034(f, 0, ofY, ofX, rest);
        case M -> fp12.mulBy014(f, 0, rest, ofX, ofY);
      }
    }
  }
}
