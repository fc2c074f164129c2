package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.util.ArrayList;
import java.util.List;

/** Builds the trie of a whole state. Keys are hashed, and subtries built, by several threads. */
public final class StateTrieBuilder implements StateSink {
  /**
   * A slot as it was given.
   *
   * @param slot null where only its hash is known
   */
  private record Slot(UInt256 slot, Hash hash, UInt256 value) {
    SlotLeaf leaf() {
      return new SlotLeaf(slot == null ? hash : Keccak256.hash(slot.toBytes()), value);
    }
  }

  /**
   * An account as it was given.
   *
   * @param address null where only its hash is known
   */
  private record Pending(Address address, Hash hash, Account account, List<Slot> slots) {
    AccountLeaf leaf(TrieMeter meter) {
      Hash key = address == null ? hash : Keccak256.hash(address.toBytes());
      return new AccountLeaf(key, account, slots.isEmpty() ? null : storage(meter));
    }

    private Node storage(TrieMeter meter) {
      Leaf[] leaves = new Leaf[slots.size()];
      int count = 0;
      for (Slot slot : slots) {
        leaves[count++] = slot.leaf();
      }
      return TrieAssembler.assemble(leaves, new Sealer(meter));
    }
  }

  private final List<Pending> accounts = new ArrayList<>();
  private List<Slot> slots;

  @Override
  public void account(Address address, Account account) {
    add(new Pending(address, null, account, new ArrayList<>(0)));
  }

  @Override
  public void hashedAccount(Hash addressHash, Account account) {
    add(new Pending(null, addressHash, account, new ArrayList<>(0)));
  }

  private void add(Pending pending) {
    accounts.add(pending);
    slots = pending.slots;
  }

  @Override
  public void slot(UInt256 slot, UInt256 value) {
    add(new Slot(slot, null, value));
  }

  @Override
  public void hashedSlot(Hash slotHash, UInt256 value) {
    add(new Slot(null, slotHash, value));
  }

  private void add(Slot slot) {
    if (slots == null) {
      throw new IllegalStateException("a slot before its account");
    }
    if (!slot.value.isZero()) {
      slots.add(slot);
    }
  }

  /** Code is not part of the trie. */
  @Override
  public void code(Code code) {}

  public StateTrie build() {
    return build(null);
  }

  /**
   * The trie of all accounts received.
   *
   * @param meter counts the nodes that are hashed, or null
   * @throws IllegalArgumentException where an account or a slot came twice
   */
  public StateTrie build(TrieMeter meter) {
    Leaf[] leaves =
        accounts.parallelStream().map(pending -> pending.leaf(meter)).toArray(Leaf[]::new);
    accounts.clear();
    slots = null;
    return new StateTrie(TrieAssembler.assemble(leaves, new Sealer(meter)));
  }
}
