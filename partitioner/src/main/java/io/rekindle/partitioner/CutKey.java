package io.rekindle.partitioner;

/**
 * A key that the plan lets several partitions touch though one of them changes it.
 *
 * @param degree how many units touch it
 * @param rerunCost predicted cost of the units that read it after another partition has changed it
 */
public record CutKey(StateKey key, int degree, long rerunCost) {}
