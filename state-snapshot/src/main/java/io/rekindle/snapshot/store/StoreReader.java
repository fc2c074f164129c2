package io.rekindle.snapshot.store;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.CodePool;
import io.rekindle.snapshot.Unlisted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;

/** Point lookups in a store. Keeps what it learned of the last few thousand accounts. */
final class StoreReader implements StateReader {
  private static final int KEPT_ACCOUNTS = 4096;

  private final StateStore store;
  private final ConcurrentHashMap<Address, MergedAccount> kept = new ConcurrentHashMap<>();

  StoreReader(StateStore store) {
    this.store = store;
  }

  private MergedAccount find(Address address) throws IOException {
    MergedAccount known = kept.get(address);
    if (known == null) {
      Hash key = Keccak256.hash(address.toBytes());
      known = MergedAccount.find(store, key, MergedAccount.cursors(store));
      if (kept.size() >= KEPT_ACCOUNTS) {
        kept.clear();
      }
      kept.put(address, known);
    }
    return known;
  }

  @Override
  public Account account(Address address) {
    try {
      MergedAccount found = find(address);
      if (found.newest() == null) {
        unlistedAccount(address);
      }
      return found.exists() ? found.newest().account() : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    try {
      MergedAccount found = find(address);
      if (store.unlisted() == Unlisted.ABSENT && !found.hasStorage()) {
        return UInt256.ZERO;
      }
      UInt256 value =
          found.listed(store, Keccak256.hash(slot.toBytes()), MergedAccount.cursors(store));
      if (value != null) {
        return value;
      }
      if (store.unlisted() == Unlisted.MISSING) {
        throw new MissingStateException("slot " + slot.toHex() + " of account " + address);
      } else if (store.unlisted() == Unlisted.COUNTED) {
        store.unlistedReads().slot(address, slot);
      }
      return UInt256.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasStorage(Address address) {
    try {
      MergedAccount found = find(address);
      if (found.newest() == null) {
        unlistedAccount(address);
      } else if (!found.hasStorage() && store.unlisted() == Unlisted.MISSING) {
        throw new MissingStateException("whether account " + address + " has storage");
      } else if (!found.hasStorage() && store.unlisted() == Unlisted.COUNTED) {
        store.unlistedReads().hasStorage(address);
      }
      return found.hasStorage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void unlistedAccount(Address address) {
    if (store.unlisted() == Unlisted.MISSING) {
      throw new MissingStateException("account " + address);
    } else if (store.unlisted() == Unlisted.COUNTED) {
      store.unlistedReads().account(address);
    }
  }

  @Override
  public Code code(Hash codeHash) {
    try {
      Code code = store.code(codeHash);
      if (code == null) {
        throw new MissingStateException("code " + codeHash);
      }
      return CodePool.shared().intern(code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
