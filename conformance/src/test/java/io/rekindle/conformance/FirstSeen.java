package io.rekindle.conformance;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Joins the states that consecutive blocks start from into the one before the first: of what
 * several list, the first counts.
 */
final class FirstSeen implements StateSink {
  private record Entry(Account account, Map<UInt256, UInt256> slots) {}

  private final Map<Address, Entry> entries = new LinkedHashMap<>();
  private final Map<Hash, Code> codes = new LinkedHashMap<>();
  private Entry current;

  @Override
  public void account(Address address, Account account) {
    current = entries.computeIfAbsent(address, unused -> new Entry(account, new LinkedHashMap<>()));
  }

  @Override
  public void hashedAccount(Hash addressHash, Account account) {
    throw new IllegalArgumentException("no address known for " + addressHash);
  }

  @Override
  public void slot(UInt256 slot, UInt256 value) {
    current.slots().putIfAbsent(slot, value);
  }

  @Override
  public void hashedSlot(Hash slotHash, UInt256 value) {
    throw new IllegalArgumentException("no slot known for " + slotHash);
  }

  @Override
  public void code(Code code) {
    codes.put(code.hash(), code);
  }

  void writeTo(StateSink sink) {
    entries.forEach(
        (address, entry) -> {
          sink.account(address, entry.account());
          entry.slots().forEach(sink::slot);
        });
    codes.values().forEach(sink::code);
  }
}
