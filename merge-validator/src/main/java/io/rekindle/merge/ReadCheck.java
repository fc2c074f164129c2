package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;

/** Holds the reads of a unit against a state: would the unit learn the same there? */
public final class ReadCheck {
  private ReadCheck() {}

  /**
   * The first key on which the unit is stale in {@code state}, or null where every read still
   * holds.
   */
  public static StateKey firstStale(Outcome outcome, StateReader state) {
    if (outcome.result() instanceof UnitResult.Unanswered) {
      return StateKey.of(Address.ZERO, StateKey.Kind.UNKNOWN);
    }
    for (AccountReads reads : outcome.reads().accounts()) {
      if (reads.kinds() != 0 || reads.slots().length > 0) {
        StateKey stale = firstStale(reads, state);
        if (stale != null) {
          return stale;
        }
      }
    }
    return null;
  }

  /** As for the outcome, for the reads of one account. */
  public static StateKey firstStale(AccountReads reads, StateReader state) {
    Address address = reads.address();
    if (reads.kinds() != 0) {
      StateKey.Kind stale = staleField(reads, state);
      if (stale != null) {
        return StateKey.of(address, stale);
      }
    }
    for (int i = 0; i < reads.slots().length; i++) {
      if (!state.storage(address, reads.slots()[i]).equals(reads.values()[i])) {
        return new StateKey(address, StateKey.Kind.STORAGE, reads.slots()[i]);
      }
    }
    return null;
  }

  private static StateKey.Kind staleField(AccountReads reads, StateReader state) {
    Account found = state.account(reads.address());
    if (reads.has(AccountReads.EXISTS) && (found != null) != reads.exists()) {
      return StateKey.Kind.EXISTENCE;
    }
    Account account = found == null ? Account.EMPTY : found;
    if (reads.has(AccountReads.NONCE) && account.nonce() != reads.nonce()) {
      return StateKey.Kind.NONCE;
    }
    if (reads.has(AccountReads.CODE) && !account.codeHash().equals(reads.codeHash())) {
      return StateKey.Kind.CODE;
    }
    if (!balanceHolds(reads, account)) {
      return StateKey.Kind.BALANCE;
    }
    if (reads.has(AccountReads.DEAD) && account.isEmpty() != reads.dead()) {
      return StateKey.Kind.EMPTINESS;
    }
    if (reads.has(AccountReads.HAS_STORAGE)
        && state.hasStorage(reads.address()) != reads.hasStorage()) {
      return StateKey.Kind.HAS_STORAGE;
    }
    return null;
  }

  private static boolean balanceHolds(AccountReads reads, Account account) {
    if (reads.has(AccountReads.BALANCE) && !account.balance().equals(reads.balance())) {
      return false;
    }
    if (reads.has(AccountReads.AT_LEAST)
        && account.balance().compareTo(reads.balanceAtLeast()) < 0) {
      return false;
    }
    return !reads.has(AccountReads.BELOW) || account.balance().compareTo(reads.balanceBelow()) < 0;
  }
}
