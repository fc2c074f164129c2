package io.rekindle.job;

import io.rekindle.evm.word.Address;
import io.rekindle.merge.Conflict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Re-runs by the account over whose state they were stale; accounts with few are forgotten where
 * there are too many. One thread at a time.
 */
final class Conflicts {
  private static final int MAX_ACCOUNTS = 20_000;

  /** What an account has cost. */
  record Cost(long conflicts, long wastedGas) {
    Cost plus(Cost more) {
      return new Cost(conflicts + more.conflicts, wastedGas + more.wastedGas);
    }
  }

  private final Map<Address, Cost> costs = new HashMap<>();

  void add(List<Conflict> conflicts) {
    for (Conflict conflict : conflicts) {
      Address address = conflict.key() == null ? null : conflict.key().address();
      if (address != null) {
        costs.merge(address, new Cost(1, conflict.wastedGas()), Cost::plus);
      }
    }
    if (costs.size() > MAX_ACCOUNTS) {
      costs
          .keySet()
          .retainAll(Set.copyOf(top(MAX_ACCOUNTS / 2).stream().map(Map.Entry::getKey).toList()));
    }
  }

  /** The accounts that wasted most gas, most first. */
  List<Map.Entry<Address, Cost>> top(int count) {
    Comparator<Map.Entry<Address, Cost>> byWaste =
        Comparator.comparingLong(entry -> -entry.getValue().wastedGas());
    return costs.entrySet().stream()
        .sorted(byWaste.thenComparing(Map.Entry::getKey))
        .limit(count)
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }
}
