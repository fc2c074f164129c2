package io.rekindle.job;

import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.sidecar.AccountAccess;
import io.rekindle.snapshot.sidecar.AccountMark;
import io.rekindle.snapshot.sidecar.BlockAccessList;
import io.rekindle.snapshot.sidecar.IndexedChange;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.sidecar.SlotChanges;
import io.rekindle.snapshot.sidecar.UnitAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Sidecars with one entry altered, left out or added. */
final class WrongSidecars {
  private static final UInt256 ODD = UInt256.of(0x0dd);
  private static final Address NOBODY = Address.ofHex("0x00000000000000000000000000000000000dd0dd");

  private WrongSidecars() {}

  /**
   * @param name that the finding must have in it
   */
  record Lie(Sidecar sidecar, String name) {}

  /** The ways to lie, by name; each gives nothing where a sidecar lacks what it would change. */
  record Way(String name, Function<Sidecar, Optional<Lie>> lie) {}

  static List<Way> all() {
    return List.of(
        new Way("balance altered", s -> account(s, WrongSidecars::alterBalance)),
        new Way("balance left out", s -> account(s, WrongSidecars::leaveOutBalance)),
        new Way("nonce altered", s -> account(s, WrongSidecars::alterNonce)),
        new Way("code altered", s -> account(s, WrongSidecars::alterCode)),
        new Way("slot altered", s -> account(s, WrongSidecars::alterSlot)),
        new Way("slot left out", s -> account(s, WrongSidecars::leaveOutSlot)),
        new Way("slot added", s -> account(s, WrongSidecars::addSlot)),
        new Way("slot read left out", s -> account(s, WrongSidecars::leaveOutSlotRead)),
        new Way("slot read added", s -> account(s, WrongSidecars::addSlotRead)),
        new Way("account left out", WrongSidecars::leaveOutAccount),
        new Way("account added", WrongSidecars::addAccount),
        new Way("read altered", s -> unit(s, WrongSidecars::alterRead)),
        new Way("read left out", s -> unit(s, WrongSidecars::leaveOutRead)),
        new Way("read added", s -> unit(s, WrongSidecars::addRead)),
        new Way("mark altered", s -> unit(s, WrongSidecars::alterMark)),
        new Way("mark left out", s -> unit(s, WrongSidecars::leaveOutMark)));
  }

  // ---------------------------------------------------------------- the access list

  private record Changed<T>(T value, String name) {}

  private static Optional<Lie> account(
      Sidecar sidecar, Function<AccountAccess, Changed<AccountAccess>> change) {
    List<AccountAccess> accounts = new ArrayList<>(sidecar.list().accounts());
    for (int i = accounts.size() - 1; i >= 0; i--) {
      Changed<AccountAccess> changed = change.apply(accounts.get(i));
      if (changed != null) {
        String name = "account " + accounts.get(i).address() + ", " + changed.name();
        accounts.set(i, changed.value());
        return Optional.of(
            new Lie(
                new Sidecar(new BlockAccessList(accounts), sidecar.units()),
                changed.name().startsWith("block") ? changed.name() : name));
      }
    }
    return Optional.empty();
  }

  private static <T> List<T> with(List<T> list, int at, UnaryOperator<T> change) {
    List<T> changed = new ArrayList<>(list);
    T value = change.apply(list.get(at));
    if (value == null) {
      changed.remove(at);
    } else {
      changed.set(at, value);
    }
    return changed;
  }

  private static String at(IndexedChange<?> change, AccountAccess account, String entry) {
    return "block access index "
        + change.blockAccessIndex()
        + ", account "
        + account.address()
        + ", "
        + entry;
  }

  private static Changed<AccountAccess> alterBalance(AccountAccess a) {
    return a.balances().isEmpty()
        ? null
        : new Changed<>(
            balances(a, with(a.balances(), 0, c -> changed(c, c.value().add(UInt256.ONE)))),
            at(a.balances().get(0), a, "change of balance"));
  }

  private static Changed<AccountAccess> leaveOutBalance(AccountAccess a) {
    return a.balances().isEmpty()
        ? null
        : new Changed<>(
            balances(a, with(a.balances(), 0, c -> null)),
            at(a.balances().get(0), a, "change of balance"));
  }

  private static Changed<AccountAccess> alterNonce(AccountAccess a) {
    return a.nonces().isEmpty()
        ? null
        : new Changed<>(
            new AccountAccess(
                a.address(),
                a.storageChanges(),
                a.storageReads(),
                a.balances(),
                with(a.nonces(), 0, c -> changed(c, c.value() + 1)),
                a.codes()),
            at(a.nonces().get(0), a, "change of nonce"));
  }

  private static Changed<AccountAccess> alterCode(AccountAccess a) {
    return a.codes().isEmpty()
        ? null
        : new Changed<>(
            new AccountAccess(
                a.address(),
                a.storageChanges(),
                a.storageReads(),
                a.balances(),
                a.nonces(),
                with(a.codes(), 0, c -> changed(c, Code.of(new byte[] {0})))),
            at(a.codes().get(0), a, "change of code"));
  }

  private static Changed<AccountAccess> alterSlot(AccountAccess a) {
    return firstSlot(a, c -> changed(c, c.value().add(ODD)));
  }

  private static Changed<AccountAccess> leaveOutSlot(AccountAccess a) {
    return firstSlot(a, c -> null);
  }

  private static Changed<AccountAccess> firstSlot(
      AccountAccess a, UnaryOperator<IndexedChange<UInt256>> change) {
    if (a.storageChanges().isEmpty()) {
      return null;
    }
    SlotChanges slot = a.storageChanges().get(0);
    List<IndexedChange<UInt256>> changes = with(slot.changes(), 0, change);
    return new Changed<>(
        slots(
            a,
            with(
                a.storageChanges(),
                0,
                s -> changes.isEmpty() ? null : new SlotChanges(s.slot(), changes)),
            a.storageReads()),
        at(slot.changes().get(0), a, "change of slot " + slot.slot().toHex()));
  }

  private static Changed<AccountAccess> addSlot(AccountAccess a) {
    List<SlotChanges> changes = new ArrayList<>(a.storageChanges());
    if (changes.isEmpty() || changes.stream().anyMatch(change -> change.slot().equals(ODD))) {
      return null;
    }
    IndexedChange<UInt256> change = new IndexedChange<>(1, ODD);
    changes.add(new SlotChanges(ODD, List.of(change)));
    changes.sort(Comparator.comparing(SlotChanges::slot));
    return new Changed<>(
        slots(a, changes, a.storageReads()), at(change, a, "change of slot " + ODD.toHex()));
  }

  private static Changed<AccountAccess> leaveOutSlotRead(AccountAccess a) {
    return a.storageReads().isEmpty()
        ? null
        : new Changed<>(
            slots(a, a.storageChanges(), with(a.storageReads(), 0, slot -> null)),
            "slot " + a.storageReads().get(0).toHex() + " that is only read");
  }

  private static Changed<AccountAccess> addSlotRead(AccountAccess a) {
    List<UInt256> reads = new ArrayList<>(a.storageReads());
    if (reads.isEmpty() || reads.contains(ODD)) {
      return null;
    }
    reads.add(ODD);
    reads.sort(Comparator.naturalOrder());
    return new Changed<>(
        slots(a, a.storageChanges(), reads), "slot " + ODD.toHex() + " that is only read");
  }

  private static <T> IndexedChange<T> changed(IndexedChange<T> change, T value) {
    return new IndexedChange<>(change.blockAccessIndex(), value);
  }

  private static AccountAccess balances(AccountAccess a, List<IndexedChange<UInt256>> balances) {
    return new AccountAccess(
        a.address(), a.storageChanges(), a.storageReads(), balances, a.nonces(), a.codes());
  }

  private static AccountAccess slots(
      AccountAccess a, List<SlotChanges> changes, List<UInt256> reads) {
    return new AccountAccess(a.address(), changes, reads, a.balances(), a.nonces(), a.codes());
  }

  private static Optional<Lie> leaveOutAccount(Sidecar sidecar) {
    List<AccountAccess> accounts = sidecar.list().accounts();
    Address gone = accounts.get(accounts.size() / 2).address();
    List<UnitAccess> units = new ArrayList<>();
    for (UnitAccess unit : sidecar.units()) {
      units.add(
          new UnitAccess(
              unit.reads().stream().filter(read -> !read.address().equals(gone)).toList(),
              unit.marks().stream().filter(mark -> !mark.address().equals(gone)).toList()));
    }
    return Optional.of(
        new Lie(
            new Sidecar(new BlockAccessList(with(accounts, accounts.size() / 2, a -> null)), units),
            "account " + gone));
  }

  private static Optional<Lie> addAccount(Sidecar sidecar) {
    List<AccountAccess> accounts = new ArrayList<>(sidecar.list().accounts());
    List<IndexedChange<UInt256>> balances = List.of(new IndexedChange<>(1, ODD));
    accounts.add(new AccountAccess(NOBODY, List.of(), List.of(), balances, List.of(), List.of()));
    accounts.sort(Comparator.comparing(AccountAccess::address));
    return Optional.of(
        new Lie(
            new Sidecar(new BlockAccessList(accounts), sidecar.units()),
            "block access index 1, account " + NOBODY + ", change of balance"));
  }

  // ---------------------------------------------------------------- the extension

  private static Optional<Lie> unit(
      Sidecar sidecar, BiFunction<Sidecar, UnitAccess, Changed<UnitAccess>> change) {
    for (int index = 1; index < sidecar.units().size(); index++) {
      Changed<UnitAccess> changed = change.apply(sidecar, sidecar.units().get(index));
      if (changed != null) {
        return Optional.of(
            new Lie(
                new Sidecar(sidecar.list(), with(sidecar.units(), index, unit -> changed.value())),
                "block access index " + index + ", account " + changed.name()));
      }
    }
    return Optional.empty();
  }

  private static Changed<UnitAccess> alterRead(Sidecar sidecar, UnitAccess unit) {
    for (int i = 0; i < unit.reads().size(); i++) {
      AccountReads read = unit.reads().get(i);
      if (read.slots().length > 0) {
        UInt256[] values = read.values().clone();
        values[0] = values[0].add(ODD);
        return new Changed<>(
            new UnitAccess(
                with(unit.reads(), i, r -> r.restrictedTo(r.kinds(), r.slots(), values)),
                unit.marks()),
            read.address() + ", read of slot " + read.slots()[0].toHex());
      }
    }
    return null;
  }

  private static Changed<UnitAccess> leaveOutRead(Sidecar sidecar, UnitAccess unit) {
    return unit.reads().isEmpty()
        ? null
        : new Changed<>(
            new UnitAccess(with(unit.reads(), 0, read -> null), unit.marks()),
            unit.reads().get(0).address() + ", read");
  }

  private static Changed<UnitAccess> addRead(Sidecar sidecar, UnitAccess unit) {
    for (AccountAccess account : sidecar.list().accounts()) {
      Address address = account.address();
      if (unit.reads().stream().noneMatch(read -> read.address().equals(address))) {
        List<AccountReads> reads = new ArrayList<>(unit.reads());
        reads.add(
            new AccountReads(
                address,
                AccountReads.NONCE,
                0,
                UInt256.ZERO,
                null,
                null,
                1,
                Hash.ZERO,
                false,
                false,
                false,
                new UInt256[0],
                new UInt256[0]));
        return new Changed<>(new UnitAccess(reads, unit.marks()), address + ", read of nonce");
      }
    }
    return null;
  }

  private static Changed<UnitAccess> alterMark(Sidecar sidecar, UnitAccess unit) {
    return unit.marks().isEmpty()
        ? null
        : new Changed<>(
            new UnitAccess(
                unit.reads(),
                with(
                    unit.marks(),
                    0,
                    mark -> new AccountMark(mark.address(), mark.flags() ^ AccountMark.EXISTS))),
            unit.marks().get(0).address() + ", mark");
  }

  private static Changed<UnitAccess> leaveOutMark(Sidecar sidecar, UnitAccess unit) {
    return unit.marks().isEmpty()
        ? null
        : new Changed<>(
            new UnitAccess(unit.reads(), with(unit.marks(), 0, mark -> null)),
            unit.marks().get(0).address() + ", mark");
  }
}
