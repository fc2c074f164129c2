package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A sidecar as single entries, each with a name and a value for people. */
final class SidecarEntries {
  /**
   * What an entry is about; no two of a right sidecar have the same.
   *
   * @param blockAccessIndex of the unit, or -1 for the whole block
   * @param address null for a unit itself
   */
  record Key(int blockAccessIndex, Address address, String entry) {}

  private static final String[] READ_KINDS = {
    "balance",
    "balance at least",
    "balance below",
    "nonce",
    "code hash",
    "dead",
    "exists",
    "has storage",
    "nonce assumed"
  };

  private final BiConsumer<Key, String> sink;

  private SidecarEntries(BiConsumer<Key, String> sink) {
    this.sink = sink;
  }

  static void forEach(Sidecar sidecar, BiConsumer<Key, String> sink) {
    SidecarEntries entries = new SidecarEntries(sink);
    sidecar.list().accounts().forEach(entries::add);
    for (int index = 0; index < sidecar.units().size(); index++) {
      entries.add(index, sidecar.units().get(index));
    }
  }

  private void add(AccountAccess account) {
    Address address = account.address();
    put(-1, address, "account", "listed");
    for (SlotChanges slot : account.storageChanges()) {
      changes(address, "change of slot " + hex(slot.slot()), slot.changes(), SidecarEntries::hex);
    }
    for (UInt256 slot : account.storageReads()) {
      put(-1, address, "slot " + hex(slot) + " that is only read", "listed");
    }
    changes(address, "change of balance", account.balances(), SidecarEntries::hex);
    changes(address, "change of nonce", account.nonces(), Long::toUnsignedString);
    changes(address, "change of code", account.codes(), code -> "hash " + code.hash());
  }

  private <T> void changes(
      Address address, String entry, List<IndexedChange<T>> changes, Function<T, String> text) {
    for (IndexedChange<T> change : changes) {
      put(change.blockAccessIndex(), address, entry, text.apply(change.value()));
    }
  }

  private void add(int index, UnitAccess unit) {
    put(index, null, "unit", "listed");
    for (AccountReads reads : unit.reads()) {
      add(index, reads);
    }
    for (AccountMark mark : unit.marks()) {
      put(index, mark.address(), "mark", "flags " + mark.flags());
    }
  }

  private void add(int index, AccountReads reads) {
    Address address = reads.address();
    put(index, address, "reads of the account", "listed");
    for (int bit = 0; bit < Short.SIZE; bit++) {
      int kind = 1 << bit;
      String name = bit < READ_KINDS.length ? READ_KINDS[bit] : "kind " + kind;
      if (reads.has(kind)) {
        put(index, address, "read of " + name, value(reads, kind));
      }
      if ((reads.rawKinds() & kind) != 0) {
        put(index, address, "sight of " + name, value(reads, kind));
      }
    }
    for (int i = 0; i < reads.slots().length; i++) {
      put(index, address, "read of slot " + hex(reads.slots()[i]), hex(reads.values()[i]));
    }
  }

  private static String value(AccountReads reads, int kind) {
    return switch (kind) {
      case AccountReads.BALANCE -> hex(reads.balance());
      case AccountReads.AT_LEAST -> hex(reads.balanceAtLeast());
      case AccountReads.BELOW -> hex(reads.balanceBelow());
      case AccountReads.NONCE -> Long.toUnsignedString(reads.nonce());
      case AccountReads.CODE -> reads.codeHash().toString();
      case AccountReads.DEAD -> Boolean.toString(reads.dead());
      case AccountReads.EXISTS -> Boolean.toString(reads.exists());
      case AccountReads.HAS_STORAGE -> Boolean.toString(reads.hasStorage());
      default -> "set";
    };
  }

  private static String hex(UInt256 value) {
    return value.toHex();
  }

  private void put(int index, Address address, String entry, String value) {
    sink.accept(new Key(index, address, entry), value);
  }
}
