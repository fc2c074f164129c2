package io.rekindle.snapshot.store;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.CodePool;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes the accounts and slots of a list out of a store; keys are visited in their order. */
final class StoreSlice {
  private final StateStore store;
  private final StoreLayer.Cursor[] cursors;
  private final boolean complete;
  private final SnapshotBuilder builder;
  private final TreeSet<Hash> codes = new TreeSet<>();

  StoreSlice(StateStore store) {
    this.store = store;
    this.cursors = MergedAccount.cursors(store);
    this.complete = store.unlisted() == Unlisted.ABSENT;
    this.builder = new SnapshotBuilder(complete ? Unlisted.MISSING : store.unlisted());
  }

  Snapshot of(Map<Address, ? extends Collection<UInt256>> keys) throws IOException {
    SortedMap<Hash, Address> sorted = new TreeMap<>();
    for (Address address : keys.keySet()) {
      sorted.put(Keccak256.hash(address.toBytes()), address);
    }
    for (Map.Entry<Hash, Address> entry : sorted.entrySet()) {
      add(entry.getKey(), entry.getValue(), keys.get(entry.getValue()));
    }
    for (Hash hash : codes) {
      Code code = store.code(hash);
      if (code == null && !complete) {
        continue;
      }
      if (code == null) {
        throw new StateStoreException(Problem.CONTENT, "the store lacks code " + hash);
      }
      builder.code(CodePool.shared().intern(code));
    }
    return builder.build();
  }

  private void add(Hash key, Address address, Collection<UInt256> slots) throws IOException {
    MergedAccount found = MergedAccount.find(store, key, cursors);
    if (!found.exists()) {
      if (complete) {
        builder.absent(address);
      }
      return;
    }
    Account account = found.newest().account();
    if (!account.codeHash().equals(Code.EMPTY_HASH)) {
      codes.add(account.codeHash());
    }
    if (found.hasStorage()) {
      builder.accountWithStorage(address, account);
    } else if (complete) {
      builder.accountWithWholeStorage(address, account);
      return;
    } else {
      builder.account(address, account);
    }
    SortedMap<Hash, UInt256> sorted = new TreeMap<>();
    for (UInt256 slot : slots) {
      sorted.put(Keccak256.hash(slot.toBytes()), slot);
    }
    for (Map.Entry<Hash, UInt256> slot : sorted.entrySet()) {
      UInt256 value = found.listed(store, slot.getKey(), cursors);
      if (value != null || complete) {
        builder.slot(slot.getValue(), value == null ? UInt256.ZERO : value);
      }
    }
  }
}
