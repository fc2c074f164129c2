package io.rekindle.snapshot.sidecar;

import java.util.Arrays;

/** The values of one key by the place of the unit that wrote them, ascending. */
final class Versions<T> {
  private int count;
  private long[] places = new long[1];
  private Object[] values = new Object[1];

  /**
   * @throws IllegalArgumentException where the place is not behind all before
   */
  void add(long place, T value) {
    if (count > 0 && places[count - 1] >= place) {
      throw new IllegalArgumentException("versions are not in order");
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    places[count] = place;
    values[count] = value;
    count++;
  }

  private int indexBefore(long place) {
    int at = Arrays.binarySearch(places, 0, count, place);
    return (at < 0 ? -at - 1 : at) - 1;
  }

  /** The last value written before a place, or null. */
  @SuppressWarnings("unchecked")
  T before(long place) {
    int at = indexBefore(place);
    return at < 0 ? null : (T) values[at];
  }

  /** The place of the last value written before a place, or -1. */
  long placeBefore(long place) {
    int at = indexBefore(place);
    return at < 0 ? -1 : places[at];
  }
}
