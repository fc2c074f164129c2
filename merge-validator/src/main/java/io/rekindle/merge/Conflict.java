package io.rekindle.merge;

/**
 * Why a unit was re-run.
 *
 * @param unit place of the unit in the window
 * @param key on which it was stale
 * @param writer place of the last unit before it that wrote the key, or -1 where the unit failed on
 *     its own assumptions
 * @param wastedGas what the discarded execution had used
 * @param round in which it was found, from 0
 */
public record Conflict(int unit, StateKey key, int writer, long wastedGas, int round) {}
