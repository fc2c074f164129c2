package io.rekindle.merge;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * An account's summary as it grows on an executor, in one object with what the partition's state
 * keeps of the account, since both are wanted at the same time. What nobody else may ever ask for
 * is not computed: a balance that only rises, or only falls, is told by the state in the end; of
 * funds checks the tightest is kept as it was recorded.
 */
final class ObservedAccount extends OverlayState.Change implements AccountSummary {
  private static final int ROSE = AccountWrites.INCREASED;
  private static final int FELL = AccountWrites.DECREASED;

  /** Bits of {@link SummaryFlags}, and the two above. */
  private int marks;

  private int lastMention = -1;
  private AccountReads leastSpare;
  private AccountReads leastRoom;

  /** Of a balance that both rose and fell, as {@link #lost}; else null. */
  private UInt256 gained;

  private UInt256 lost;

  ObservedAccount(Address address, int hash, Account base) {
    super(address, hash, base);
  }

  /**
   * Adds what a unit does to the account, before it is applied.
   *
   * @param flags the kinds of the writes, as bits of {@link SummaryFlags}
   */
  void wrote(int flags, AccountWrites writes) {
    int now = marks | flags;
    if ((now & (ROSE | FELL)) == (ROSE | FELL)) {
      roseAndFell(writes);
    }
    marks = now;
  }

  private void roseAndFell(AccountWrites writes) {
    UInt256 before = gained();
    lost = Saturated.add(lost(), writes.balanceDecrease());
    gained = Saturated.add(before, writes.balanceIncrease());
  }

  /** Adds reads of a unit, but for slots. */
  void read(AccountReads reads) {
    int kinds = reads.kinds();
    marks |= kinds;
    if ((kinds & (AccountReads.AT_LEAST | AccountReads.BELOW)) != 0) {
      checkedFunds(reads);
    }
  }

  private void checkedFunds(AccountReads reads) {
    int kinds = reads.kinds();
    if ((kinds & (AccountReads.AT_LEAST | AccountReads.FUNDS_UNMET)) == AccountReads.AT_LEAST
        && (leastSpare == null || isTighter(reads, leastSpare))) {
      leastSpare = reads;
    }
    if ((kinds & AccountReads.BELOW) != 0
        && (leastRoom == null || room(reads).compareTo(room(leastRoom)) < 0)) {
      leastRoom = reads;
    }
  }

  void mentioned(int mention) {
    lastMention = mention;
  }

  private static boolean isTighter(AccountReads check, AccountReads known) {
    return Saturated.isDifferenceLess(
        check.balance(), check.balanceAtLeast(), known.balance(), known.balanceAtLeast());
  }

  private static UInt256 room(AccountReads check) {
    return check.balanceBelow().subtract(UInt256.ONE).subtract(check.balance());
  }

  @Override
  public int flags() {
    return marks & ~(ROSE | FELL);
  }

  @Override
  public UInt256 gained() {
    if ((marks & ROSE) == 0) {
      return UInt256.ZERO;
    }
    if (gained != null) {
      return gained;
    }
    UInt256 before = balance(base());
    UInt256 now = balance(account());
    return now.compareTo(before) < 0 ? UInt256.MAX : now.subtract(before);
  }

  @Override
  public UInt256 lost() {
    if ((marks & FELL) == 0) {
      return UInt256.ZERO;
    }
    return lost != null ? lost : balance(base()).subtract(balance(account()));
  }

  private static UInt256 balance(Account account) {
    return account == null ? UInt256.ZERO : account.balance();
  }

  @Override
  public UInt256 spare() {
    return leastSpare == null ? null : leastSpare.balance().subtract(leastSpare.balanceAtLeast());
  }

  @Override
  public UInt256 room() {
    return leastRoom == null ? null : room(leastRoom);
  }

  @Override
  public int lastMention() {
    return lastMention;
  }
}
