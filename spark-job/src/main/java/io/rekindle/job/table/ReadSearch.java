package io.rekindle.job.table;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.StateKey;
import io.rekindle.merge.StateKey.Kind;
import java.util.List;

/**
 * Looks in the history of an account for the units that a unit would have to wait for, since it
 * read something of the account.
 *
 * @param now the account as it was read, or null
 * @param start place of the first unit that counts
 * @param found takes what is found
 * @param open takes the reads for which nothing is found; null where nobody else may know
 */
record ReadSearch(
    AccountReads reads,
    Account now,
    AccountHistory history,
    long start,
    List<Dependency> found,
    OpenReads open) {
  private static final List<Integer> RAW =
      List.of(AccountReads.BALANCE, AccountReads.NONCE, AccountReads.CODE);

  void run() {
    for (int kind : RAW) {
      if ((reads.rawKinds() & kind) != 0) {
        add(kindOf(kind), null);
      }
    }
    if (reads.has(AccountReads.BALANCE | AccountReads.AT_LEAST | AccountReads.BELOW)) {
      add(Kind.BALANCE, reads);
    }
    if (reads.has(AccountReads.NONCE)) {
      add(Kind.NONCE, reads);
    }
    if (reads.has(AccountReads.CODE)) {
      add(Kind.CODE, reads);
    }
    if (reads.has(AccountReads.DEAD)) {
      add(Kind.EMPTINESS, reads);
    }
    if (reads.has(AccountReads.EXISTS)) {
      add(Kind.EXISTENCE, reads);
    }
    if (reads.has(AccountReads.HAS_STORAGE)) {
      addStorage(Kind.HAS_STORAGE, null, history.storageChanged());
    }
    for (UInt256 slot : reads.slots()) {
      addStorage(Kind.STORAGE, slot, history.changed(slot));
    }
  }

  private static Kind kindOf(int raw) {
    return switch (raw) {
      case AccountReads.BALANCE -> Kind.BALANCE;
      case AccountReads.NONCE -> Kind.NONCE;
      default -> Kind.CODE;
    };
  }

  /**
   * Adds the last unit before which the read would have been another.
   *
   * @param learned null for a plain look
   */
  private void add(Kind kind, AccountReads learned) {
    long place = history.lastUnlike(kind, learned, now);
    if (place >= start) {
      found.add(dependency(kind, null, place, learned != null));
    } else if (open != null) {
      open.add(kind, null, learned != null);
    }
  }

  /** Adds the last unit that changed storage: who looks at it also learns it. */
  private void addStorage(Kind kind, UInt256 slot, long place) {
    if (place >= start) {
      found.add(dependency(kind, slot, place, false));
      found.add(dependency(kind, slot, place, true));
    } else if (open != null) {
      open.add(kind, slot, false);
      open.add(kind, slot, true);
    }
  }

  private Dependency dependency(Kind kind, UInt256 slot, long place, boolean semantic) {
    return Dependency.at(place, new StateKey(reads.address(), kind, slot), semantic);
  }
}
