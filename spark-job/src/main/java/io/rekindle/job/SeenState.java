package io.rekindle.job;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import java.util.Map;
import java.util.TreeMap;

/** Hands reads on to a state and keeps what it answered. One thread at a time. */
final class SeenState implements StateReader {
  private final StateReader state;
  private final TreeMap<Address, TreeMap<UInt256, UInt256>> slots = new TreeMap<>();
  private final TreeMap<Hash, Code> codes = new TreeMap<>();

  SeenState(StateReader state) {
    this.state = state;
  }

  private Map<UInt256, UInt256> slotsOf(Address address) {
    return slots.computeIfAbsent(address, unused -> new TreeMap<>());
  }

  @Override
  public Account account(Address address) {
    Account account = state.account(address);
    slotsOf(address);
    return account;
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    UInt256 value = state.storage(address, slot);
    slotsOf(address).put(slot, value);
    return value;
  }

  @Override
  public boolean hasStorage(Address address) {
    boolean has = state.hasStorage(address);
    slotsOf(address);
    return has;
  }

  @Override
  public Code code(Hash codeHash) {
    Code code = state.code(codeHash);
    codes.put(codeHash, code);
    return code;
  }

  /** What was seen, as a partial state: reads of anything else have no answer. */
  Snapshot snapshot() {
    SnapshotBuilder snapshot = new SnapshotBuilder(Unlisted.MISSING);
    for (Map.Entry<Address, TreeMap<UInt256, UInt256>> entry : slots.entrySet()) {
      Address address = entry.getKey();
      Account account = state.account(address);
      if (account == null) {
        snapshot.absent(address);
        continue;
      }
      if (state.hasStorage(address)) {
        snapshot.accountWithStorage(address, account);
      } else {
        snapshot.accountWithWholeStorage(address, account);
      }
      entry.getValue().forEach(snapshot::slot);
    }
    codes.values().forEach(snapshot::code);
    return snapshot.build();
  }
}
