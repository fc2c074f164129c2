package io.rekindle.merge;

import io.rekindle.evm.word.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the accounts that several partitions have in common, and those that a partition must be
 * looked at for whatever others do. Most accounts belong to one partition and cost no more than
 * their bits in a {@link HashFilter}.
 */
final class SharedAccounts {
  private static final int UNMET = SummaryFlags.ASSUMES_NONCE | SummaryFlags.ASSUMES_FUNDS;

  private SharedAccounts() {}

  /** By address; a few stand alone, whose hash others have too, or whose assumptions are unmet. */
  static Map<Address, List<Share>> of(List<PartitionResult> partitions) {
    HashFilter filter = filter(partitions);
    Map<Address, List<Share>> byAddress = new HashMap<>();
    for (PartitionResult partition : partitions) {
      PartitionSummary summary = partition.summary();
      for (int entry = 0; entry < summary.size(); entry++) {
        if (filter.isShared(summary.hash(entry)) || summary.has(entry, UNMET)) {
          byAddress
              .computeIfAbsent(summary.address(entry), unused -> new ArrayList<>(2))
              .add(new Share(partition, entry));
        }
      }
    }
    return byAddress;
  }

  private static HashFilter filter(List<PartitionResult> partitions) {
    int entries = 0;
    for (PartitionResult partition : partitions) {
      entries += partition.summary().size();
    }
    HashFilter filter = new HashFilter(entries);
    for (PartitionResult partition : partitions) {
      PartitionSummary summary = partition.summary();
      for (int entry = 0; entry < summary.size(); entry++) {
        // No account is twice in a partition: what looks so is another with the same bit.
        filter.compare(summary.hash(entry));
        filter.add(summary.hash(entry));
      }
    }
    return filter;
  }
}
