package io.rekindle.job.generate;

import java.util.Arrays;

/**
 * A power law (Zipf): the k-th of n is chosen with a probability in proportion to k to the power of
 * minus the exponent. Exponent 0 chooses all alike. Sums by {@link StrictMath}, so that every
 * platform draws the same.
 */
final class Popularity {
  private final double[] cumulative;

  Popularity(int size, double exponent) {
    cumulative = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += StrictMath.pow(i + 1, -exponent);
      cumulative[i] = sum;
    }
  }

  /** From 0, the most popular, up to the size, without it. */
  int draw(Draws draws) {
    double at = draws.unit() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
  }
}
