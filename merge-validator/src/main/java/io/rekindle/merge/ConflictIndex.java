package io.rekindle.merge;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
      AccountSummary.WRITES_NONCE
          | AccountSummary.WRITES_CODE
          | AccountSummary.WRITES_INCARNATION
          | AccountSummary.TOUCHES;

  private ConflictIndex() {}

  /**
   * @param snapshot the state that all partitions started from
   */
  static LookedAtKeys find(List<PartitionSummary> partitions, StateReader snapshot) {
    Map<Address, List<AccountSummary>> byAddress = new HashMap<>();
    for (PartitionSummary partition : partitions) {
      for (AccountSummary account : partition.accounts()) {
        byAddress.computeIfAbsent(account.address(), unused -> new ArrayList<>(2)).add(account);
      }
    }
    LookedAtKeys keys = new LookedAtKeys();
    byAddress.forEach(
        (address, accounts) -> {
          keys.add(address, unmetAssumptions(accounts));
          if (accounts.size() > 1) {
            keys.add(address, contestedKinds(accounts, snapshot));
            contestedSlots(accounts, keys);
          }
        });
    return keys;
  }

  private static int unmetAssumptions(List<AccountSummary> accounts) {
    int kinds = 0;
    for (AccountSummary account : accounts) {
      if (account.has(AccountSummary.ASSUMES_NONCE)) {
        kinds |= LookedAtKeys.NONCE;
      }
      if (account.has(AccountSummary.ASSUMES_FUNDS)) {
        kinds |= LookedAtKeys.BALANCE;
      }
    }
    return kinds;
  }

  private static int contestedKinds(List<AccountSummary> accounts, StateReader snapshot) {
    int all = 0;
    UInt256 gained = UInt256.ZERO;
    UInt256 lost = UInt256.ZERO;
    int slotWriters = 0;
    for (AccountSummary account : accounts) {
      all |= account.flags();
      gained = add(gained, account.gained());
      lost = add(lost, account.lost());
      slotWriters += account.slotsWritten().length > 0 ? 1 : 0;
    }
    if ((all & AccountSummary.WRITES_INCARNATION) != 0) {
      return LookedAtKeys.ALL;
    }
    int kinds = 0;
    for (int i = 0; i < accounts.size(); i++) {
      AccountSummary account = accounts.get(i);
      int others = (all & WRITES) == 0 ? 0 : flagsOfOthers(accounts, i);
      boolean gainedElsewhere = !gained.equals(account.gained());
      boolean lostElsewhere = !lost.equals(account.lost());
      if (balanceContested(account, gained, lost, gainedElsewhere || lostElsewhere)) {
        kinds |= LookedAtKeys.BALANCE;
      }
      if ((others & AccountSummary.WRITES_NONCE) != 0
          && account.has(AccountSummary.READS_NONCE | AccountSummary.WRITES_NONCE)) {
        kinds |= LookedAtKeys.NONCE;
      }
      if ((others & AccountSummary.WRITES_CODE) != 0
          && account.has(AccountSummary.READS_CODE | AccountSummary.WRITES_CODE)) {
        kinds |= LookedAtKeys.CODE;
      }
      if (account.has(AccountSummary.READS_EXISTS) && (others & AccountSummary.TOUCHES) != 0) {
        kinds |= LookedAtKeys.EXISTENCE;
      }
      if (account.has(AccountSummary.READS_DEAD)
          && (gainedElsewhere || lostElsewhere || (others & WRITES) != 0)
          && !aliveForGood(account.address(), all, snapshot)) {
        kinds |= LookedAtKeys.BALANCE | LookedAtKeys.NONCE | LookedAtKeys.CODE;
      }
      if (account.has(AccountSummary.READS_HAS_STORAGE)
          && slotWriters > (account.slotsWritten().length > 0 ? 1 : 0)) {
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
        || (!account.codeHash().equals(Code.EMPTY_HASH) && (all & AccountSummary.WRITES_CODE) == 0);
  }

  private static boolean balanceContested(
      AccountSummary account, UInt256 gained, UInt256 lost, boolean changedElsewhere) {
    if (!changedElsewhere) {
      return false;
    }
    if (account.has(AccountSummary.READS_BALANCE)) {
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

  private static int flagsOfOthers(List<AccountSummary> accounts, int one) {
    int flags = 0;
    for (int i = 0; i < accounts.size(); i++) {
      if (i != one) {
        flags |= accounts.get(i).flags();
      }
    }
    return flags;
  }

  private static UInt256 add(UInt256 a, UInt256 b) {
    UInt256 sum = a.add(b);
    return sum.compareTo(a) < 0 ? UInt256.MAX : sum;
  }

  private static void contestedSlots(List<AccountSummary> accounts, LookedAtKeys keys) {
    Set<UInt256> written = new HashSet<>();
    for (AccountSummary account : accounts) {
      for (UInt256 slot : account.slotsWritten()) {
        if (!written.add(slot)) {
          keys.addSlot(account.address(), slot);
        }
      }
    }
    if (written.isEmpty()) {
      return;
    }
    for (AccountSummary account : accounts) {
      for (UInt256 slot : account.slotsRead()) {
        if (written.contains(slot)) {
          keys.addSlot(account.address(), slot);
        }
      }
    }
  }
}
