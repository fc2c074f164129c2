package io.rekindle.merge;

import java.util.List;

/**
 * The keys of a partition, one entry an account, and whether any of its units must be looked at
 * whatever other partitions do (its outcome is invalid, or the state had no answer).
 */
public record PartitionSummary(List<AccountSummary> accounts, boolean undecided) {}
