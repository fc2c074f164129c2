package io.rekindle.job.table;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state before a block in the accounts and slots that its units write, and the accounts that
 * they read, as the facts of the units give it: of each the value at its first sight.
 */
final class FactsState implements StateReader {
  private record Slot(Address address, UInt256 slot) {}

  private final Map<Address, Account> accounts = new HashMap<>();
  private final Map<Slot, UInt256> slots = new HashMap<>();

  private FactsState() {}

  static FactsState of(RowTask task) {
    FactsState state = new FactsState();
    for (int unit = 0; unit < task.facts().size(); unit++) {
      state.add(task.block().outcomes().get(unit), task.facts().get(unit));
    }
    return state;
  }

  private void add(Outcome outcome, UnitFacts facts) {
    List<AccountWrites> writes = outcome.writes().accounts();
    for (int i = 0; i < writes.size(); i++) {
      Address address = writes.get(i).address();
      addAccount(address, facts.accounts().get(i));
      for (int slot = 0; slot < writes.get(i).slots().length; slot++) {
        slots.putIfAbsent(
            new Slot(address, writes.get(i).slots()[slot]), facts.slots().get(i)[slot]);
      }
    }
    int next = writes.size();
    for (AccountReads reads : outcome.reads().accounts()) {
      if (UnitFacts.placeInWrites(outcome, reads.address()) < 0) {
        addAccount(reads.address(), facts.accounts().get(next++));
      }
    }
  }

  private void addAccount(Address address, Account account) {
    // An account that does not exist is known, too.
    if (!accounts.containsKey(address)) {
      accounts.put(address, account);
    }
  }

  @Override
  public Account account(Address address) {
    if (!accounts.containsKey(address)) {
      throw new MissingStateException("account " + address);
    }
    return accounts.get(address);
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    UInt256 value = slots.get(new Slot(address, slot));
    if (value == null) {
      throw new MissingStateException("slot " + slot.toHex() + " of " + address);
    }
    return value;
  }

  @Override
  public boolean hasStorage(Address address) {
    throw new MissingStateException("whether " + address + " has storage");
  }

  @Override
  public Code code(Hash codeHash) {
    throw new MissingStateException("code " + codeHash);
  }
}
