package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds the trie of a whole state. Keys are hashed, and subtries built, by several threads. */
public final class StateTrieBuilder implements StateSink {
  /** An account or a slot as it was given: one of {@code key} and {@code hash} is null. */
  private record Entry<K, V>(K key, Hash hash, V value) {}

  private record Pending(Entry<Address, Account> account, List<Entry<UInt256, UInt256>> slots) {}

  private final List<Pending> accounts = new ArrayList<>();

  @Override
  public void account(Address address, Account account) {
    accounts.add(new Pending(new Entry<>(address, null, account), new ArrayList<>(0)));
  }

  @Override
  public void hashedAccount(Hash addressHash, Account account) {
    accounts.add(new Pending(new Entry<>(null, addressHash, account), new ArrayList<>(0)));
  }

  @Override
  public void slot(UInt256 slot, UInt256 value) {
    last().slots.add(new Entry<>(slot, null, value));
  }

  @Override
  public void hashedSlot(Hash slotHash, UInt256 value) {
    last().slots.add(new Entry<>(null, slotHash, value));
  }

  /** Code is not part of the trie. */
  @Override
  public void code(Code code) {}

  private Pending last() {
    if (accounts.isEmpty()) {
      throw new IllegalStateException("a slot before its account");
    }
    return accounts.get(accounts.size() - 1);
  }

  public StateTrie build() {
    return build(null);
  }

  /**
   * The trie of all accounts received.
   *
   * @param meter counts the nodes that are hashed, or null
   * @throws IllegalArgumentException where an account came twice
   */
  public StateTrie build(TrieMeter meter) {
    Update[] updates =
        accounts.parallelStream().map(StateTrieBuilder::updateOf).toArray(Update[]::new);
    accounts.clear();
    Arrays.parallelSort(updates);
    refuseTwice(updates, "account");
    return StateTrie.EMPTY.apply(updates, meter);
  }

  private static Update updateOf(Pending pending) {
    Hash key = pending.account.hash;
    if (key == null) {
      key = Keccak256.hash(pending.account.key.toBytes());
    }
    Update[] slots = new Update[pending.slots.size()];
    for (int i = 0; i < slots.length; i++) {
      Entry<UInt256, UInt256> slot = pending.slots.get(i);
      Hash slotKey = slot.hash == null ? Keccak256.hash(slot.key.toBytes()) : slot.hash;
      slots[i] = new SlotUpdate(slotKey, slot.value);
    }
    Arrays.sort(slots);
    refuseTwice(slots, "slot");
    return new AccountUpdate(key, pending.account.value, true, slots);
  }

  private static void refuseTwice(Update[] updates, String what) {
    for (int i = 1; i < updates.length; i++) {
      if (updates[i].key().equals(updates[i - 1].key())) {
        throw new IllegalArgumentException(what + " " + updates[i].key() + " came twice");
      }
    }
  }
}
