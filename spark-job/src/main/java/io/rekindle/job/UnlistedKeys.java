package io.rekindle.job;

import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.UnitRun;
import io.rekindle.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * What blocks read that their prestates do not list, and that was taken not to exist: how many
 * accounts and slots, and the first of them by name. A dump that leaves out what did not exist has
 * many; in one that lists all, they are what is missing.
 */
final class UnlistedKeys {
  private static final int NAMED = 5;

  private long count;
  private final List<String> named = new ArrayList<>();

  /**
   * @param prestate as it was decoded, so that nobody has counted reads on it
   */
  void add(long block, Snapshot prestate, List<UnitRun> runs) {
    for (UnitRun run : runs) {
      for (AccountReads reads : run.outcome().reads().accounts()) {
        prestate.account(reads.address());
        for (UInt256 slot : reads.slots()) {
          prestate.storage(reads.address(), slot);
        }
      }
    }
    for (String name : prestate.unlistedReads().names()) {
      count++;
      if (named.size() < NAMED) {
        named.add("block " + block + " " + name);
      }
    }
  }

  long count() {
    return count;
  }

  @Override
  public String toString() {
    return String.format(
        "%,d accounts and slots that prestates do not list were taken not to exist: %s%s",
        count, String.join(", ", named), count > named.size() ? ", ..." : "");
  }
}
