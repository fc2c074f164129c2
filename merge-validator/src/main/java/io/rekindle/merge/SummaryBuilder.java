package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects a partition's {@link PartitionSummary} while its units run, one after another. Each
 * unit's reads are held against the partition's own state, which is what they were taken from but
 * for the nonces and funds that speculation assumed.
 */
final class SummaryBuilder {
  private static final UInt256[] NONE = {};

  private static final class Entry {
    int flags;
    UInt256 gained = UInt256.ZERO;
    UInt256 lost = UInt256.ZERO;
    UInt256 spare;
    UInt256 room;

    /** True for slots that were written. */
    Map<UInt256, Boolean> slots;

    Map<UInt256, Boolean> slots() {
      if (slots == null) {
        slots = new LinkedHashMap<>();
      }
      return slots;
    }
  }

  private final Map<Address, Entry> entries = new LinkedHashMap<>();
  private boolean undecided;

  /** Adds a unit; {@code local} is the partition's state just before it. */
  void add(Outcome outcome, StateReader local) {
    if (outcome.result() instanceof UnitResult.Invalid
        || outcome.result() instanceof UnitResult.Unanswered) {
      undecided = true;
    }
    for (AccountReads reads : outcome.reads().accounts()) {
      if (reads.kinds() != 0 || reads.slots().length > 0) {
        addReads(reads, local);
      }
    }
    WriteSet writes = outcome.writes();
    for (AccountWrites account : writes.accounts()) {
      addWrites(account, writes.clearsEmptyAccounts(), local);
    }
  }

  private void addReads(AccountReads reads, StateReader local) {
    Entry entry = entry(reads.address());
    int kinds = reads.kinds();
    entry.flags |=
        flag(kinds, AccountReads.BALANCE, AccountSummary.READS_BALANCE)
            | flag(kinds, AccountReads.NONCE, AccountSummary.READS_NONCE)
            | flag(kinds, AccountReads.CODE, AccountSummary.READS_CODE)
            | flag(kinds, AccountReads.DEAD, AccountSummary.READS_DEAD)
            | flag(kinds, AccountReads.EXISTS, AccountSummary.READS_EXISTS)
            | flag(kinds, AccountReads.HAS_STORAGE, AccountSummary.READS_HAS_STORAGE);
    if ((kinds & (AccountReads.NONCE_ASSUMED | AccountReads.AT_LEAST | AccountReads.BELOW)) != 0) {
      checkAssumptions(entry, reads, local.account(reads.address()));
    }
    if (reads.slots().length > 0) {
      Map<UInt256, Boolean> slots = entry.slots();
      for (UInt256 slot : reads.slots()) {
        slots.putIfAbsent(slot, Boolean.FALSE);
      }
    }
  }

  private static int flag(int kinds, int kind, int flag) {
    return (kinds & kind) == 0 ? 0 : flag;
  }

  private static void checkAssumptions(Entry entry, AccountReads reads, Account account) {
    Account local = account == null ? Account.EMPTY : account;
    if (reads.has(AccountReads.NONCE_ASSUMED) && local.nonce() != reads.nonce()) {
      entry.flags |= AccountSummary.ASSUMES_NONCE;
    }
    if (!local.balance().equals(reads.balance())) {
      entry.flags |= AccountSummary.ASSUMES_FUNDS;
      return;
    }
    if (reads.has(AccountReads.AT_LEAST)) {
      entry.spare = smaller(entry.spare, local.balance().subtract(reads.balanceAtLeast()));
    }
    if (reads.has(AccountReads.BELOW)) {
      UInt256 highest = reads.balanceBelow().subtract(UInt256.ONE);
      entry.room = smaller(entry.room, highest.subtract(local.balance()));
    }
  }

  private static UInt256 smaller(UInt256 known, UInt256 other) {
    return known == null || other.compareTo(known) < 0 ? other : known;
  }

  private void addWrites(AccountWrites writes, boolean clearsEmptyAccounts, StateReader local) {
    Entry entry = entry(writes.address());
    entry.gained = addSaturated(entry.gained, writes.balanceIncrease());
    entry.lost = addSaturated(entry.lost, writes.balanceDecrease());
    if (writes.nonceWritten()) {
      entry.flags |= AccountSummary.WRITES_NONCE;
    }
    if (writes.code() != null) {
      entry.flags |= AccountSummary.WRITES_CODE;
    }
    if (writes.created() || writes.destroyed()) {
      entry.flags |= AccountSummary.WRITES_INCARNATION;
    }
    if (writes.touched()) {
      if (!clearsEmptyAccounts) {
        entry.flags |= AccountSummary.TOUCHES;
      } else if (isMereTouch(writes)) {
        Account account = local.account(writes.address());
        if (account != null && account.isEmpty()) {
          // Deletion of an account that lay empty in the state, with whatever storage it had.
          entry.flags |= AccountSummary.WRITES_INCARNATION;
        }
      }
    }
    if (writes.slots().length > 0) {
      Map<UInt256, Boolean> slots = entry.slots();
      for (UInt256 slot : writes.slots()) {
        slots.put(slot, Boolean.TRUE);
      }
    }
  }

  private static boolean isMereTouch(AccountWrites writes) {
    return writes.balanceIncrease().isZero() && !writes.nonceWritten() && writes.code() == null;
  }

  private static UInt256 addSaturated(UInt256 a, UInt256 b) {
    if (b.isZero()) {
      return a;
    }
    UInt256 sum = a.add(b);
    return sum.compareTo(a) < 0 ? UInt256.MAX : sum;
  }

  private Entry entry(Address address) {
    Entry entry = entries.get(address);
    if (entry == null) {
      entry = new Entry();
      entries.put(address, entry);
    }
    return entry;
  }

  PartitionSummary build() {
    List<AccountSummary> list = new ArrayList<>(entries.size());
    entries.forEach(
        (address, entry) ->
            list.add(
                new AccountSummary(
                    address,
                    entry.flags,
                    entry.gained,
                    entry.lost,
                    entry.spare,
                    entry.room,
                    slots(entry, Boolean.FALSE),
                    slots(entry, Boolean.TRUE))));
    return new PartitionSummary(list, undecided);
  }

  private static UInt256[] slots(Entry entry, Boolean written) {
    if (entry.slots == null) {
      return NONE;
    }
    List<UInt256> found = new ArrayList<>(entry.slots.size());
    entry.slots.forEach(
        (slot, isWritten) -> {
          if (isWritten.equals(written)) {
            found.add(slot);
          }
        });
    return found.toArray(NONE);
  }
}
