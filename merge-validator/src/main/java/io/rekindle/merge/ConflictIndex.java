package io.rekindle.merge;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.Map;

/**
 * Finds, from the summaries of all partitions, the keys worth looking at: those that one partition
 * writes absolutely and another touches, and those that one changes by delta while another rests on
 * their value.
 *
 * <p>Two deltas commute. A funds check is accepted at once if it holds although <em>all</em>
 * decreases of other partitions came first, and again all their increases, since the true order
 * gives a value in between. So that every partition credits the same fee recipient concerns nobody,
 * unless someone reads that balance.
 */
final class ConflictIndex {
  private static final int WRITES =
      SummaryFlags.WRITES_NONCE
          | SummaryFlags.WRITES_CODE
          | SummaryFlags.WRITES_INCARNATION
          | SummaryFlags.TOUCHES;

  private ConflictIndex() {}

  /**
   * @param accounts of {@link SharedAccounts}
   * @param snapshot the state that all partitions started from
   */
  static LookedAtKeys find(Map<Address, List<Share>> accounts, StateReader snapshot) {
    LookedAtKeys keys = new LookedAtKeys();
    accounts.forEach(
        (address, shares) -> {
          keys.add(address, unmetAssumptions(shares));
          if (shares.size() > 1) {
            keys.add(address, contestedKinds(address, shares, snapshot));
            SharedSlots.find(shares, keys);
          }
        });
    return keys;
  }

  private static int unmetAssumptions(List<Share> shares) {
    int kinds = 0;
    for (Share share : shares) {
      if (share.has(SummaryFlags.ASSUMES_NONCE)) {
        kinds |= LookedAtKeys.NONCE;
      }
      if (share.has(SummaryFlags.ASSUMES_FUNDS)) {
        kinds |= LookedAtKeys.BALANCE;
      }
    }
    return kinds;
  }

  private static int contestedKinds(Address address, List<Share> accounts, StateReader snapshot) {
    int all = 0;
    UInt256 gained = UInt256.ZERO;
    UInt256 lost = UInt256.ZERO;
    int slotWriters = 0;
    for (Share share : accounts) {
      AccountSummary account = share.account();
      all |= account.flags();
      gained = Saturated.add(gained, account.gained());
      lost = Saturated.add(lost, account.lost());
      slotWriters += account.has(SummaryFlags.WRITES_SLOTS) ? 1 : 0;
    }
    if ((all & SummaryFlags.WRITES_INCARNATION) != 0) {
      return LookedAtKeys.ALL;
    }
    int kinds = 0;
    for (int i = 0; i < accounts.size(); i++) {
      AccountSummary account = accounts.get(i).account();
      int others = (all & WRITES) == 0 ? 0 : flagsOfOthers(accounts, i);
      boolean gainedElsewhere = !gained.equals(account.gained());
      boolean lostElsewhere = !lost.equals(account.lost());
      if (balanceContested(account, gained, lost, gainedElsewhere || lostElsewhere)) {
        kinds |= LookedAtKeys.BALANCE;
      }
      if ((others & SummaryFlags.WRITES_NONCE) != 0
          && account.has(SummaryFlags.READS_NONCE | SummaryFlags.WRITES_NONCE)) {
        kinds |= LookedAtKeys.NONCE;
      }
      if ((others & SummaryFlags.WRITES_CODE) != 0
          && account.has(SummaryFlags.READS_CODE | SummaryFlags.WRITES_CODE)) {
        kinds |= LookedAtKeys.CODE;
      }
      if (account.has(SummaryFlags.READS_EXISTS) && (others & SummaryFlags.TOUCHES) != 0) {
        kinds |= LookedAtKeys.EXISTENCE;
      }
      if (account.has(SummaryFlags.READS_DEAD)
          && (gainedElsewhere || lostElsewhere || (others & WRITES) != 0)
          && !aliveForGood(address, all, snapshot)) {
        kinds |= LookedAtKeys.BALANCE | LookedAtKeys.NONCE | LookedAtKeys.CODE;
      }
      if (account.has(SummaryFlags.READS_HAS_STORAGE)
          && slotWriters > (account.has(SummaryFlags.WRITES_SLOTS) ? 1 : 0)) {
        kinds |= LookedAtKeys.HAS_STORAGE;
      }
    }
    return kinds;
  }

  /** Whether nonce or code alone make the account not dead, and nobody takes them away. */
  private static boolean aliveForGood(Address address, int all, StateReader snapshot) {
    Account account = snapshot.account(address);
    if (account == null) {
      return false;
    }
    return account.nonce() != 0
        || (!account.codeHash().equals(Code.EMPTY_HASH) && (all & SummaryFlags.WRITES_CODE) == 0);
  }

  private static boolean balanceContested(
      AccountSummary account, UInt256 gained, UInt256 lost, boolean changedElsewhere) {
    if (!changedElsewhere) {
      return false;
    }
    if (account.has(SummaryFlags.READS_BALANCE)) {
      return true;
    }
    if (account.spare() != null && exceeds(lost, account.lost(), account.spare())) {
      return true;
    }
    return account.room() != null && exceeds(gained, account.gained(), account.room());
  }

  /** Whether what others add to the sum is more than the margin; a saturated sum always is. */
  private static boolean exceeds(UInt256 sum, UInt256 own, UInt256 margin) {
    return sum.equals(UInt256.MAX) || sum.subtract(own).compareTo(margin) > 0;
  }

  private static int flagsOfOthers(List<Share> accounts, int one) {
    int flags = 0;
    for (int i = 0; i < accounts.size(); i++) {
      if (i != one) {
        flags |= accounts.get(i).flags();
      }
    }
    return flags;
  }
}
