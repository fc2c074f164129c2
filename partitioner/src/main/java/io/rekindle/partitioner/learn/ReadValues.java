package io.rekindle.partitioner.learn;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.Map;

/** The storage that a unit has read, as a state that knows nothing else. */
final class ReadValues implements StateReader {
  private final Map<Address, Map<UInt256, UInt256>> values = new HashMap<>();

  ReadValues(ReadSet reads) {
    for (AccountReads account : reads.accounts()) {
      Map<UInt256, UInt256> slots = new HashMap<>();
      for (int slot = 0; slot < account.slots().length; slot++) {
        slots.put(account.slots()[slot], account.values()[slot]);
      }
      values.put(account.address(), slots);
    }
  }

  @Override
  public Account account(Address address) {
    throw new MissingStateException("account " + address);
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    UInt256 value = values.getOrDefault(address, Map.of()).get(slot);
    if (value == null) {
      throw new MissingStateException("slot " + slot + " of " + address);
    }
    return value;
  }

  @Override
  public boolean hasStorage(Address address) {
    throw new MissingStateException("storage of " + address);
  }

  @Override
  public Code code(Hash codeHash) {
    throw new MissingStateException("code " + codeHash);
  }
}
