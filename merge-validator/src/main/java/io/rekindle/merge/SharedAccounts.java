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
  private SharedAccounts() {}

  /** By address; a few stand alone, whose hash others have too, or whose assumptions are unmet. */
  static Map<Address, List<Share>> of(List<PartitionResult> partitions) {
    HashFilter filter = filter(partitions);
    Map<Address, List<Share>> byAddress = new HashMap<>();
    for (PartitionResult partition : partitions) {
      PartitionSummary summary = partition.summary();
      boolean unmet = summary.hasUnmetAssumptions();
      int[] hashes = summary.hashes();
      int size = summary.size();
      for (int entry = 0; entry < size; entry++) {
        if (filter.isShared(hashes[entry])
            || (unmet && summary.account(entry).has(SummaryFlags.UNMET))) {
          AccountSummary account = summary.account(entry);
          byAddress
              .computeIfAbsent(account.address(), unused -> new ArrayList<>(2))
              .add(new Share(partition, account));
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
      int[] hashes = partition.summary().hashes();
      int size = partition.summary().size();
      for (int entry = 0; entry < size; entry++) {
        // No account is twice in a partition: what looks so is another with the same bits.
        filter.compareAndAdd(hashes[entry]);
      }
    }
    return filter;
  }
}
