package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import java.util.Arrays;
import java.util.List;

/**
 * Collects a partition's {@link PartitionSummary} while its units run, one after another, and
 * applies what they wrote to the partition's state. A read is taken from that state, so it holds
 * there, but for the nonces and funds that speculation assumed against it.
 *
 * <p>This is work that serial execution does not have, so it is kept small. The state looks up
 * every account that a unit writes, and numbers them; entries are found by that number, and the
 * unit's reads of the same accounts beside its writes. Only an account that a unit reads and does
 * not write is looked up here. Of slots there is a note of where they are.
 */
final class SummaryBuilder {
  /** How far reads and writes of a unit are compared before an account is looked up instead. */
  private static final int LOOK_AHEAD = 8;

  private final OverlayState state;
  private final PartitionSummary.Builder entries;
  private final ObservedBalances balances;
  private final EntryTable readAccounts;
  private boolean undecided;

  /** Entry + 1 of an account that the state numbered, or 0. */
  private int[] entryOfPlace;

  /**
   * @param state the partition's, before its first unit
   * @param units expected, for the first size
   */
  SummaryBuilder(OverlayState state, int units) {
    this.state = state;
    int capacity = Math.max(16, 2 * units);
    entries = PartitionSummary.Builder.withoutBalances(capacity);
    balances = new ObservedBalances(capacity);
    entryOfPlace = new int[capacity];
    readAccounts = new EntryTable(entries);
  }

  /**
   * Adds a unit that ran on the state as it is now, and applies what the unit wrote.
   *
   * @param run its place in the partition
   */
  void apply(int run, Outcome outcome) {
    undecided |=
        outcome.result() instanceof UnitResult.Invalid
            || outcome.result() instanceof UnitResult.Unanswered;
    applyWrites(run, outcome.reads().accounts(), outcome.writes());
  }

  /** Adds writes, with the reads of the same accounts, which are in the same order. */
  private void applyWrites(int run, List<AccountReads> reads, WriteSet writes) {
    boolean clearsEmptyAccounts = writes.clearsEmptyAccounts();
    List<AccountWrites> accounts = writes.accounts();
    int readCount = reads.size();
    int read = 0;
    for (int i = 0; i < accounts.size(); i++) {
      AccountWrites account = accounts.get(i);
      OverlayState.Change change = state.change(account.address());
      int entry = entry(account.address(), change);
      int same = find(reads, read, account.address());
      if (same >= 0) {
        while (read < same) {
          addReads(run, read, reads.get(read));
          read++;
        }
        addReads(entry, run, read, reads.get(read));
        read++;
      }
      addWrites(entry, account, clearsEmptyAccounts, change.account());
      if (account.slots().length > 0) {
        entries.mention(entry, run, ~i, account.slots());
      }
      state.apply(account, clearsEmptyAccounts, change);
    }
    for (; read < readCount; read++) {
      addReads(run, read, reads.get(read));
    }
  }

  /** The reads of the same account, as those of a unit share their address with its writes. */
  @SuppressWarnings("ReferenceEquality")
  private static int find(List<AccountReads> reads, int from, Address address) {
    int end = Math.min(reads.size(), from + LOOK_AHEAD);
    for (int i = from; i < end; i++) {
      if (reads.get(i).address() == address) {
        return i;
      }
    }
    return -1;
  }

  // ---------------------------------------------------------------- writes

  private int entry(Address address, OverlayState.Change change) {
    int place = change.place();
    if (place >= entryOfPlace.length) {
      entryOfPlace = Arrays.copyOf(entryOfPlace, 2 * place);
    }
    if (entryOfPlace[place] == 0) {
      int hash = address.hashCode();
      int known = readAccounts.find(address, hash);
      int entry = known >= 0 ? known : entries.add(address, hash);
      balances.written(entry, change);
      entryOfPlace[place] = entry + 1;
    }
    return entryOfPlace[place] - 1;
  }

  /**
   * @param before the account before these writes, or null
   */
  private void addWrites(
      int entry, AccountWrites writes, boolean clearsEmptyAccounts, Account before) {
    balances.add(entry, writes.balanceIncrease(), writes.balanceDecrease());
    int flags = 0;
    if (writes.nonceWritten()) {
      flags |= SummaryFlags.WRITES_NONCE;
    }
    if (writes.code() != null) {
      flags |= SummaryFlags.WRITES_CODE;
    }
    if (writes.created() || writes.destroyed()) {
      flags |= SummaryFlags.WRITES_INCARNATION;
    }
    if (writes.slots().length > 0) {
      flags |= SummaryFlags.WRITES_SLOTS;
    }
    if (writes.touched()) {
      if (!clearsEmptyAccounts) {
        flags |= SummaryFlags.TOUCHES;
      } else if (before != null && before.isEmpty() && isMereTouch(writes)) {
        // Deletion of an account that lay empty in the state, with whatever storage it had.
        flags |= SummaryFlags.WRITES_INCARNATION;
      }
    }
    entries.flags[entry] |= flags;
  }

  private static boolean isMereTouch(AccountWrites writes) {
    return writes.balanceIncrease().isZero() && !writes.nonceWritten() && writes.code() == null;
  }

  // ---------------------------------------------------------------- reads

  private void addReads(int run, int place, AccountReads reads) {
    if (reads.kinds() != 0 || reads.slots().length > 0) {
      addReads(entryOfRead(reads.address()), run, place, reads);
    }
  }

  /** Of an account that the unit does not write, though others may have. */
  private int entryOfRead(Address address) {
    int hash = address.hashCode();
    int entry = readAccounts.find(address, hash);
    if (entry < 0) {
      OverlayState.Change change = state.changes().get(address);
      entry = change == null ? entries.add(address, hash) : entry(address, change);
      readAccounts.put(entry);
    }
    return entry;
  }

  private void addReads(int entry, int run, int place, AccountReads reads) {
    int kinds = reads.kinds();
    entries.flags[entry] |= kinds;
    if ((kinds & AccountReads.AT_LEAST) != 0 && (kinds & AccountReads.FUNDS_UNMET) == 0) {
      balances.passed(entry, reads);
    }
    if ((kinds & AccountReads.BELOW) != 0) {
      balances.failed(entry, reads);
    }
    if (reads.slots().length > 0) {
      entries.mention(entry, run, place, reads.slots());
    }
  }

  PartitionSummary build() {
    return entries.build(balances, undecided);
  }
}
