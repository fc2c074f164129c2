package io.rekindle.merge;

import java.util.List;

/**
 * What an executor hands over for a partition.
 *
 * @param partition number in the plan
 * @param runs its units, in chain order
 */
public record PartitionResult(int partition, List<UnitRun> runs, PartitionSummary summary) {}
