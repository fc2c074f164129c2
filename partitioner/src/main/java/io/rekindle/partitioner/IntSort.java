package io.rekindle.partitioner;

import java.util.Arrays;

/** A merge sort of ints by a comparator of ints, without boxing. */
final class IntSort {
  private static final int RUN = 12;

  private IntSort() {}

  /** Orders two numbers as {@link java.util.Comparator} does. */
  interface Order {
    int compare(int a, int b);
  }

  /** Stable. */
  static void sort(int[] values, Order order) {
    sort(Arrays.copyOf(values, values.length), values, 0, values.length, order);
  }

  private static void sort(int[] from, int[] into, int begin, int end, Order order) {
    if (end - begin <= RUN) {
      insertionSort(into, begin, end, order);
      return;
    }
    int middle = (begin + end) >>> 1;
    sort(into, from, begin, middle, order);
    sort(into, from, middle, end, order);
    int left = begin;
    int right = middle;
    for (int at = begin; at < end; at++) {
      boolean takeLeft =
          right >= end || (left < middle && order.compare(from[left], from[right]) <= 0);
      into[at] = takeLeft ? from[left++] : from[right++];
    }
  }

  private static void insertionSort(int[] values, int begin, int end, Order order) {
    for (int at = begin + 1; at < end; at++) {
      int value = values[at];
      int hole = at;
      while (hole > begin && order.compare(values[hole - 1], value) > 0) {
        values[hole] = values[hole - 1];
        hole--;
      }
      values[hole] = value;
    }
  }
}
