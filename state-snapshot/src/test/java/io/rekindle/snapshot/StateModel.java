package io.rekindle.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The oracle of the state tests: a state as tree maps, and random units that change it. */
public final class StateModel {
  private static final int SLOTS = 12;

  private final int population;
  private final TreeMap<Address, Account> accounts = new TreeMap<>();
  private final TreeMap<Address, TreeMap<UInt256, UInt256>> storages = new TreeMap<>();
  private final TreeMap<Hash, Code> codes = new TreeMap<>();

  public StateModel(int population) {
    this.population = population;
  }

  public static Address address(int number) {
    return Address.of(number * 31L, number, number * 0x1234567L);
  }

  /** Every slot that an account can have. */
  public static List<UInt256> slots() {
    List<UInt256> all = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      all.add(slot(i));
    }
    return all;
  }

  private static UInt256 slot(int number) {
    return UInt256.of(number % 3 == 0 ? 0 : number, 0, 0, number);
  }

  /** Makes up what a unit writes, and changes the model accordingly. */
  public WriteSet randomWrites(Random random) {
    List<AccountWrites> writes = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Address address = address(random.nextInt(population));
      boolean already = false;
      for (AccountWrites other : writes) {
        already |= other.address().equals(address);
      }
      if (!already) {
        writes.add(random.nextInt(8) == 0 ? destroy(address) : change(address, random));
      }
    }
    return new WriteSet(writes, true);
  }

  private AccountWrites destroy(Address address) {
    accounts.remove(address);
    storages.remove(address);
    UInt256[] none = {};
    return new AccountWrites(
        address, UInt256.ZERO, UInt256.ZERO, false, 0, null, false, true, true, none, none);
  }

  private AccountWrites change(Address address, Random random) {
    Account before = accounts.getOrDefault(address, Account.EMPTY);
    boolean created = random.nextInt(6) == 0;
    Code code = created ? Code.of(new byte[] {(byte) random.nextInt(5), 1}) : null;
    TreeMap<UInt256, UInt256> storage = storages.getOrDefault(address, new TreeMap<>());
    if (created) {
      storage = new TreeMap<>();
      codes.put(code.hash(), code);
    }
    UInt256 increase = UInt256.of(random.nextInt(1000) + 1);
    long nonce = before.nonce() + 1;
    accounts.put(
        address,
        new Account(
            nonce, before.balance().add(increase), created ? code.hash() : before.codeHash()));
    TreeMap<UInt256, UInt256> written = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      UInt256 value = random.nextInt(3) == 0 ? UInt256.ZERO : UInt256.of(random.nextLong());
      written.put(slot(random.nextInt(SLOTS)), value);
    }
    storage.putAll(written);
    storage.values().removeIf(UInt256::isZero);
    storages.put(address, storage);
    return new AccountWrites(
        address,
        increase,
        UInt256.ZERO,
        true,
        nonce,
        code,
        created,
        false,
        true,
        written.keySet().toArray(UInt256[]::new),
        written.values().toArray(UInt256[]::new));
  }

  /** Holds every account, slot and code against the reader. */
  public void assertSame(StateReader reader) {
    for (int number = 0; number < population; number++) {
      Address address = address(number);
      assertEquals(accounts.get(address), reader.account(address));
      TreeMap<UInt256, UInt256> storage = storages.getOrDefault(address, new TreeMap<>());
      assertEquals(!storage.isEmpty(), reader.hasStorage(address));
      for (int i = 0; i < SLOTS; i++) {
        assertEquals(storage.getOrDefault(slot(i), UInt256.ZERO), reader.storage(address, slot(i)));
      }
      Account account = accounts.get(address);
      if (account != null && !account.codeHash().equals(Code.EMPTY_HASH)) {
        assertEquals(account.codeHash(), reader.code(account.codeHash()).hash());
      }
    }
  }

  /** Holds two readers against each other, for every account and slot that a model can have. */
  public static void assertEqual(int population, StateReader expected, StateReader actual) {
    for (int number = 0; number < population; number++) {
      Address address = address(number);
      Account account = expected.account(address);
      assertEquals(account, actual.account(address));
      assertEquals(expected.hasStorage(address), actual.hasStorage(address));
      for (int i = 0; i < SLOTS; i++) {
        assertEquals(expected.storage(address, slot(i)), actual.storage(address, slot(i)));
      }
      if (account != null && !account.codeHash().equals(Code.EMPTY_HASH)) {
        assertEquals(account.codeHash(), actual.code(account.codeHash()).hash());
      }
    }
  }

  /** Gives the whole state. */
  public void writeTo(StateSink sink) {
    accounts.forEach(
        (address, account) -> {
          sink.account(address, account);
          for (Map.Entry<UInt256, UInt256> slot :
              storages.getOrDefault(address, new TreeMap<>()).entrySet()) {
            sink.slot(slot.getKey(), slot.getValue());
          }
        });
    codes.values().forEach(sink::code);
  }
}
