package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.List;

/**
 * Collects a partition's {@link PartitionSummary} while its units run, one after another, and
 * applies what they wrote to the partition's state. A read is taken from that state, so it holds
 * there, but for the nonces and funds that speculation assumed against it.
 *
 * <p>This is work that serial execution does not have, so it is kept small. The state looks up
 * every account that a unit writes, and numbers them; entries are found by that number, and the
 * unit's reads of the same accounts beside it. Only an account that a unit reads and does not write
 * is looked up here. Of slots there is a note of where they are.
 */
final class SummaryBuilder {
  /** How far reads and writes of a unit are compared before an account is looked up instead. */
  private static final int LOOK_AHEAD = 8;

  private final OverlayState state;
  private final PartitionSummary.Builder entries;
  private final EntryTable readAccounts;
  private boolean undecided;

  /** Entry + 1 of an account that the state numbered, or 0. */
  private int[] entryOfPlace;

  /** Entry of each account that the unit at hand writes. */
  private int[] entryOfWrite = new int[32];

  /**
   * @param state the partition's, before its first unit
   * @param units expected, for the first size
   */
  SummaryBuilder(OverlayState state, int units) {
    this.state = state;
    int capacity = Math.max(16, 2 * units);
    entries = new PartitionSummary.Builder(capacity);
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
    applyWrites(run, outcome.writes());
    addReads(run, outcome.reads().accounts(), outcome.writes().accounts());
  }

  // ---------------------------------------------------------------- writes

  private void applyWrites(int run, WriteSet writes) {
    boolean clearsEmptyAccounts = writes.clearsEmptyAccounts();
    List<AccountWrites> accounts = writes.accounts();
    if (entryOfWrite.length < accounts.size()) {
      entryOfWrite = new int[2 * accounts.size()];
    }
    for (int i = 0; i < accounts.size(); i++) {
      AccountWrites account = accounts.get(i);
      OverlayState.Change change = state.change(account.address());
      int entry = entry(account.address(), change);
      entryOfWrite[i] = entry;
      addWrites(entry, account, clearsEmptyAccounts, change.account());
      if (account.slots().length > 0) {
        entries.mention(entry, run, ~i, account.slots());
      }
      state.apply(account, clearsEmptyAccounts, change);
    }
  }

  private int entry(Address address, OverlayState.Change change) {
    int place = change.place();
    if (place >= entryOfPlace.length) {
      entryOfPlace = Arrays.copyOf(entryOfPlace, 2 * place);
    }
    if (entryOfPlace[place] == 0) {
      int known = readAccounts.find(address);
      entryOfPlace[place] = 1 + (known >= 0 ? known : entries.add(address));
    }
    return entryOfPlace[place] - 1;
  }

  /**
   * @param before the account before these writes, or null
   */
  private void addWrites(
      int entry, AccountWrites writes, boolean clearsEmptyAccounts, Account before) {
    if (!writes.balanceIncrease().isZero()) {
      entries.gain(entry, writes.balanceIncrease());
    } else if (!writes.balanceDecrease().isZero()) {
      entries.lose(entry, writes.balanceDecrease());
    }
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

  private void addReads(int run, List<AccountReads> reads, List<AccountWrites> writes) {
    int next = 0;
    for (int i = 0; i < reads.size(); i++) {
      AccountReads account = reads.get(i);
      // Both lists are in order of first access, and share their addresses.
      int write = find(writes, next, account.address());
      next = write < 0 ? next : write + 1;
      boolean slots = account.slots().length > 0;
      if (account.kinds() != 0 || slots) {
        int entry = write < 0 ? entryOfRead(account.address()) : entryOfWrite[write];
        addReads(entry, account);
        if (slots) {
          entries.mention(entry, run, i, account.slots());
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static int find(List<AccountWrites> writes, int from, Address address) {
    int end = Math.min(writes.size(), from + LOOK_AHEAD);
    for (int i = from; i < end; i++) {
      if (writes.get(i).address() == address) {
        return i;
      }
    }
    return -1;
  }

  /** Of an account that the unit does not write, though others may have. */
  private int entryOfRead(Address address) {
    int entry = readAccounts.find(address);
    if (entry < 0) {
      OverlayState.Change change = state.changes().get(address);
      entry = change == null ? entries.add(address) : entry(address, change);
      readAccounts.put(address, entry);
    }
    return entry;
  }

  private void addReads(int entry, AccountReads reads) {
    int kinds = reads.kinds();
    entries.flags[entry] |= kinds;
    if ((kinds & AccountReads.AT_LEAST) != 0 && (kinds & AccountReads.FUNDS_UNMET) == 0) {
      UInt256 spare = reads.balance().subtract(reads.balanceAtLeast());
      entries.spare[entry] = smaller(entries.spare[entry], spare);
    }
    if ((kinds & AccountReads.BELOW) != 0) {
      UInt256 highest = reads.balanceBelow().subtract(UInt256.ONE);
      UInt256 room = highest.subtract(reads.balance());
      entries.room[entry] = smaller(entries.room[entry], room);
    }
  }

  private static UInt256 smaller(UInt256 known, UInt256 other) {
    return known == null || other.compareTo(known) < 0 ? other : known;
  }

  PartitionSummary build() {
    return entries.build(undecided);
  }
}
