package io.rekindle.merge;

/**
 * What merging a window took.
 *
 * @param partitions of the first plan
 * @param acceptedWhole partitions of which no unit was looked at
 * @param units of the window
 * @param walked units that were looked at
 * @param keys accounts and slots that were looked at
 * @param reruns units executed again on the driver
 * @param rounds in which stale units went back to the executors
 * @param roundUnits units that went back
 * @param wastedGas of discarded executions
 * @param validationNanos CPU time of the merge without re-running and rounds
 * @param rerunNanos CPU time of re-running on the driver
 */
public record MergeStatistics(
    int partitions,
    int acceptedWhole,
    int units,
    int walked,
    int keys,
    int reruns,
    int rounds,
    int roundUnits,
    long wastedGas,
    long validationNanos,
    long rerunNanos) {}
