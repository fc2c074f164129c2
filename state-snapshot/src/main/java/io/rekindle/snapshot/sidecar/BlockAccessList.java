package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A block access list (EIP-7928): every account that a block accessed, in order of address. */
public record BlockAccessList(List<AccountAccess> accounts) {

  /** Keccak-256 of the encoding, as in a header from Amsterdam on. */
  public Hash hash() {
    return Keccak256.hash(BlockAccessListRlp.encode(this));
  }

  /** The highest block access index of a change; -1 where there is none. */
  int lastIndex() {
    int last = -1;
    for (AccountAccess account : accounts) {
      for (SlotChanges slot : account.storageChanges()) {
        last = Math.max(last, lastIndex(slot.changes()));
      }
      last = Math.max(last, lastIndex(account.balances()));
      last = Math.max(last, lastIndex(account.nonces()));
      last = Math.max(last, lastIndex(account.codes()));
    }
    return last;
  }

  private static <T> int lastIndex(List<IndexedChange<T>> changes) {
    return changes.isEmpty() ? -1 : changes.get(changes.size() - 1).blockAccessIndex();
  }

  /**
   * Checks what EIP-7928 asks of order and uniqueness.
   *
   * @return what is wrong, or null
   */
  public String violation() {
    Address before = null;
    for (AccountAccess account : accounts) {
      if (before != null && before.compareTo(account.address()) >= 0) {
        return "account " + account.address() + " is not in order";
      }
      before = account.address();
      String violation = violation(account);
      if (violation != null) {
        return "account " + account.address() + ": " + violation;
      }
    }
    return null;
  }

  private static String violation(AccountAccess account) {
    Set<UInt256> changed = new HashSet<>();
    UInt256 before = null;
    for (SlotChanges slot : account.storageChanges()) {
      if (before != null && before.compareTo(slot.slot()) >= 0) {
        return "changed slot " + slot.slot().toHex() + " is not in order";
      }
      before = slot.slot();
      changed.add(slot.slot());
      if (slot.changes().isEmpty() || !ascending(slot.changes())) {
        return "slot " + slot.slot().toHex() + " has no changes, or not in order";
      }
    }
    before = null;
    for (UInt256 slot : account.storageReads()) {
      if (before != null && before.compareTo(slot) >= 0) {
        return "read slot " + slot.toHex() + " is not in order";
      }
      before = slot;
      if (changed.contains(slot)) {
        return "slot " + slot.toHex() + " is both changed and read";
      }
    }
    return ascending(account.balances())
            && ascending(account.nonces())
            && ascending(account.codes())
        ? null
        : "changes of balance, nonce or code are not in order";
  }

  private static <T> boolean ascending(List<IndexedChange<T>> changes) {
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i - 1).blockAccessIndex() >= changes.get(i).blockAccessIndex()) {
        return false;
      }
    }
    return true;
  }
}
