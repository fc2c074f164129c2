package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * Collects a partition's {@link PartitionSummary} while its units run, one after another. A read is
 * taken from the partition's own state, so it holds there, but for the nonces and funds that
 * speculation assumed against it.
 *
 * <p>This is work that serial execution does not have, so it is kept small: one look-up an account
 * and unit in an open table, sums where a balance changes, and for slots only a note of where they
 * are.
 */
final class SummaryBuilder {
  /** How far reads and writes of a unit are compared before an account is looked up instead. */
  private static final int LOOK_AHEAD = 8;

  private final PartitionSummary.Builder entries;
  private int[] buckets;
  private boolean undecided;

  /** Entry of each account that the unit at hand reads, or -1. */
  private int[] entryOfRead = new int[32];

  /**
   * @param units expected, for the first size
   */
  SummaryBuilder(int units) {
    int capacity = Math.max(16, 2 * units);
    entries = new PartitionSummary.Builder(capacity);
    buckets = new int[Integer.highestOneBit(capacity) * 4];
  }

  /**
   * Adds a unit.
   *
   * @param run its place in the partition
   * @param local the partition's state just before it
   */
  void add(int run, Outcome outcome, StateReader local) {
    undecided |=
        outcome.result() instanceof UnitResult.Invalid
            || outcome.result() instanceof UnitResult.Unanswered;
    List<AccountReads> reads = outcome.reads().accounts();
    if (entryOfRead.length < reads.size()) {
      entryOfRead = new int[2 * reads.size()];
    }
    for (int i = 0; i < reads.size(); i++) {
      AccountReads account = reads.get(i);
      boolean slots = account.slots().length > 0;
      entryOfRead[i] = -1;
      if (account.kinds() != 0 || slots) {
        int entry = entry(account.address());
        entryOfRead[i] = entry;
        addReads(entry, account);
        if (slots) {
          entries.mention(entry, run, i, account.slots());
        }
      }
    }
    addWrites(run, outcome, reads, local);
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

  private void addWrites(int run, Outcome outcome, List<AccountReads> reads, StateReader local) {
    boolean clearsEmptyAccounts = outcome.writes().clearsEmptyAccounts();
    List<AccountWrites> writes = outcome.writes().accounts();
    int next = 0;
    for (int i = 0; i < writes.size(); i++) {
      AccountWrites account = writes.get(i);
      // Both lists are in order of first access, and share their addresses.
      int read = find(reads, next, account.address());
      next = read < 0 ? next : read + 1;
      int entry = read < 0 ? -1 : entryOfRead[read];
      if (entry < 0) {
        entry = entry(account.address());
      }
      addWrites(entry, account);
      if (account.touched()) {
        if (!clearsEmptyAccounts) {
          entries.flags[entry] |= SummaryFlags.TOUCHES;
        } else if (isMereTouch(account)
            && layEmpty(account.address(), read < 0 ? null : reads.get(read), local)) {
          // Deletion of an account that lay empty in the state, with whatever storage it had.
          entries.flags[entry] |= SummaryFlags.WRITES_INCARNATION;
        }
      }
      if (account.slots().length > 0) {
        entries.flags[entry] |= SummaryFlags.WRITES_SLOTS;
        entries.mention(entry, run, ~i, account.slots());
      }
    }
  }

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

  private void addWrites(int entry, AccountWrites writes) {
    if (!writes.balanceIncrease().isZero()) {
      entries.gained[entry] = addSaturated(entries.gained[entry], writes.balanceIncrease());
    }
    if (!writes.balanceDecrease().isZero()) {
      entries.lost[entry] = addSaturated(entries.lost[entry], writes.balanceDecrease());
    }
    entries.flags[entry] |=
        (writes.nonceWritten() ? SummaryFlags.WRITES_NONCE : 0)
            | (writes.code() != null ? SummaryFlags.WRITES_CODE : 0)
            | (writes.created() || writes.destroyed() ? SummaryFlags.WRITES_INCARNATION : 0);
  }

  static UInt256 addSaturated(UInt256 a, UInt256 b) {
    if (a.isZero()) {
      return b;
    }
    UInt256 sum = a.add(b);
    return sum.compareTo(a) < 0 ? UInt256.MAX : sum;
  }

  private static boolean isMereTouch(AccountWrites writes) {
    return writes.balanceIncrease().isZero() && !writes.nonceWritten() && writes.code() == null;
  }

  /**
   * @param reads what the unit recorded of the account, with its fields as they were where any was
   *     loaded; null where it recorded nothing
   */
  private static boolean layEmpty(Address address, AccountReads reads, StateReader local) {
    if (reads != null && reads.balance() != null) {
      return reads.exists()
          && reads.nonce() == 0
          && reads.balance().isZero()
          && reads.codeHash().equals(Code.EMPTY_HASH);
    }
    Account account = local.account(address);
    return account != null && account.isEmpty();
  }

  private int entry(Address address) {
    int mask = buckets.length - 1;
    int hash = address.hashCode();
    int bucket = hash & mask;
    for (int held = buckets[bucket]; held != 0; held = buckets[bucket]) {
      if (entries.address(held - 1).equals(address)) {
        return held - 1;
      }
      bucket = (bucket + 1) & mask;
    }
    int entry = entries.add(address, hash);
    buckets[bucket] = entry + 1;
    if (2 * entries.size() > buckets.length) {
      rehash();
    }
    return entry;
  }

  private void rehash() {
    buckets = new int[2 * buckets.length];
    int mask = buckets.length - 1;
    for (int entry = 0; entry < entries.size(); entry++) {
      int bucket = entries.hash(entry) & mask;
      while (buckets[bucket] != 0) {
        bucket = (bucket + 1) & mask;
      }
      buckets[bucket] = entry + 1;
    }
  }

  PartitionSummary build() {
    return entries.build(undecided);
  }
}
