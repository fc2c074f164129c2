package io.rekindle.snapshot.sidecar;

/**
 * A value after a unit that changed it.
 *
 * @param blockAccessIndex 0 the opening, 1..n transactions, n + 1 the closing
 */
public record IndexedChange<T>(int blockAccessIndex, T value) {}
