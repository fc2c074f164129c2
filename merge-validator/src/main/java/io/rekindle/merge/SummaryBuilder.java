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

  private final OverlayState state;
  private final PartitionSummary.Builder summary;
  private boolean undecided;

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
    int read = 0;
    for (int i = 0; i < accounts.size(); i++) {
      AccountWrites written = accounts.get(i);
      int same = find(reads, read, written.address());
      ObservedAccount account;
      if (same < 0) {
        account = (ObservedAccount) state.change(written.address());
      } else {
        account = (ObservedAccount) state.change(reads.get(same));
        while (read < same) {
          addReads(run, read, reads.get(read));
          read++;
        }
        addReads(account, run, read, reads.get(read));
        read++;
      }
      account.wrote(
          flags(written, clearsEmptyAccounts, account.account()),
          written.balanceIncrease(),
          written.balanceDecrease());
      mention(account, run, ~i, written.slots());
      state.apply(written, clearsEmptyAccounts, account);
    }
    for (int count = reads.size(); read < count; read++) {
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
   * @param before the account before these writes, or null
   */
  private static int flags(AccountWrites writes, boolean clearsEmptyAccounts, Account before) {
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
    return flags;
  }

  private static boolean isMereTouch(AccountWrites writes) {
    return writes.balanceIncrease().isZero() && !writes.nonceWritten() && writes.code() == null;
  }

  /** Adds reads of an account that the unit does not write, or not near by. */
  private void addReads(int run, int place, AccountReads reads) {
    if (reads.kinds() != 0 || reads.slots().length > 0) {
      addReads((ObservedAccount) state.change(reads), run, place, reads);
    }
  }

  private void addReads(ObservedAccount account, int run, int place, AccountReads reads) {
    account.read(reads);
    summary.note(reads.kinds());
    mention(account, run, place, reads.slots());
  }

  private void mention(ObservedAccount account, int run, int place, UInt256[] slots) {
    if (slots.length > 0) {
      account.mentioned(summary.mention(account.lastMention(), run, place, slots));
    }
  }

  PartitionSummary build() {
    return summary.build(undecided);
  }
}
