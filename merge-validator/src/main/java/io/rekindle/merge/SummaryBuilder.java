package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * Keeps a partition's state while its units run, one after another, and collects the {@link
 * PartitionSummary}. A read is taken from that state, so it holds there, but for the nonces and
 * funds that speculation assumed against it.
 *
 * <p>This is work that serial execution does not have, so it is kept small: the state looks up
 * every account that a unit writes, and what is found there is the account's summary too; the
 * unit's reads of the same account are found beside its writes, and save asking the snapshot for it
 * again. Of slots there is a note of where they are.
 */
final class SummaryBuilder {
  /** How far reads and writes of a unit are compared before an account is looked up instead. */
  private static final int LOOK_AHEAD = 8;

  /** Writes to more than existence and slots: an account that has them was not merely touched. */
  private static final int MORE_THAN_TOUCH =
      AccountWrites.INCREASED | AccountWrites.NONCE | AccountWrites.CODE;

  private final OverlayState state;
  private final PartitionSummary.Builder summary;
  private boolean undecided;
  private int kindsRead;

  /**
   * @param snapshot what the partition starts from
   * @param units expected, for the first size
   */
  SummaryBuilder(StateReader snapshot, int units) {
    summary = new PartitionSummary.Builder(units);
    state = new OverlayState(snapshot, this::newAccount);
  }

  private ObservedAccount newAccount(Address address, int hash, Account base) {
    ObservedAccount account = new ObservedAccount(address, hash, base);
    summary.add(account, hash);
    return account;
  }

  /** The partition's state after the units so far. */
  OverlayState state() {
    return state;
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
    WriteSet writes = outcome.writes();
    List<AccountReads> reads = outcome.reads().accounts();
    List<AccountWrites> accounts = writes.accounts();
    boolean clearsEmptyAccounts = writes.clearsEmptyAccounts();
    int count = reads.size();
    int read = 0;
    for (int i = 0; i < accounts.size(); i++) {
      AccountWrites written = accounts.get(i);
      int same = find(reads, read, written.address());
      for (; read < same; read++) {
        addReads(run, read, reads.get(read));
      }
      ObservedAccount account;
      if (same < 0) {
        account = (ObservedAccount) state.change(written.address());
      } else {
        AccountReads known = reads.get(read);
        account = (ObservedAccount) state.change(known);
        if (teach(known)) {
          addReads(account, run, read, known);
        }
        read++;
      }
      int kinds = written.kinds();
      account.wrote(
          clearsEmptyAccounts ? flagsWhereCleared(kinds, account.account()) : kinds, written);
      if ((kinds & AccountWrites.SLOTS) != 0) {
        mention(account, run, ~i, written.slots());
      }
      state.apply(written, clearsEmptyAccounts, account);
    }
    for (; read < count; read++) {
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

  /**
   * The flags of writes under the rules that delete empty accounts, where a touch alone does
   * nothing unless it deletes.
   *
   * @param kinds of the writes
   * @param before the account before them, or null
   */
  private static int flagsWhereCleared(int kinds, Account before) {
    if ((kinds & MORE_THAN_TOUCH) == 0
        && (kinds & AccountWrites.TOUCHED) != 0
        && before != null
        && before.isEmpty()) {
      // Deletion of an account that lay empty in the state, with whatever storage it had.
      return (kinds & ~AccountWrites.TOUCHED) | AccountWrites.DESTROYED;
    }
    return kinds & ~AccountWrites.TOUCHED;
  }

  /** A fee or a credit teaches nothing, though the account was loaded. */
  private static boolean teach(AccountReads reads) {
    return reads.kinds() != 0 || reads.slots().length > 0;
  }

  /** Adds reads of an account that the unit does not write, or not near by. */
  private void addReads(int run, int place, AccountReads reads) {
    if (teach(reads)) {
      addReads((ObservedAccount) state.change(reads), run, place, reads);
    }
  }

  private void addReads(ObservedAccount account, int run, int place, AccountReads reads) {
    account.read(reads);
    kindsRead |= reads.kinds();
    if (reads.slots().length > 0) {
      mention(account, run, place, reads.slots());
    }
  }

  private void mention(ObservedAccount account, int run, int place, UInt256[] slots) {
    account.mentioned(summary.mention(account.lastMention(), run, place, slots));
  }

  PartitionSummary build() {
    summary.note(kindsRead);
    return summary.build(undecided);
  }
}
