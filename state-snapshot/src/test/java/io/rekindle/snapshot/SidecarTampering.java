package io.rekindle.snapshot;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Every way to spoil one entry of a sidecar: altered, left out or added, of each kind. */
final class SidecarTampering {
  private static final Address STRANGER = Address.of(7, 7, 7);
  private static final UInt256 ODD_SLOT = UInt256.of(0x7777, 7, 7, 7);
  private static final Code ODD_CODE = Code.of(new byte[] {1, 2, 3, 4, 5});

  /** Spoils one entry at random; null where the sidecar has none of the kind. */
  @FunctionalInterface
  interface Spoiler {
    Sidecar spoil(Sidecar sidecar, Random random);
  }

  /** An account of the list in the making. */
  private static final class Draft {
    private final Address address;
    private final List<SlotChanges> changes;
    private final List<UInt256> reads;
    private final List<IndexedChange<UInt256>> balances;
    private final List<IndexedChange<Long>> nonces;
    private final List<IndexedChange<Code>> codes;

    Draft(AccountAccess account) {
      address = account.address();
      changes = new ArrayList<>(account.storageChanges());
      reads = new ArrayList<>(account.storageReads());
      balances = new ArrayList<>(account.balances());
      nonces = new ArrayList<>(account.nonces());
      codes = new ArrayList<>(account.codes());
    }

    AccountAccess access() {
      return new AccountAccess(address, changes, reads, balances, nonces, codes);
    }
  }

  private static final Map<String, Spoiler> KINDS = new LinkedHashMap<>();

  private SidecarTampering() {}

  static Map<String, Spoiler> kinds() {
    return KINDS;
  }

  static {
    changes("balance", draft -> draft.balances, value -> value.add(UInt256.ONE), UInt256.of(77));
    changes("nonce", draft -> draft.nonces, value -> value + 1, 77L);
    changes("code", draft -> draft.codes, value -> ODD_CODE, ODD_CODE);
    storage();
    listed();
    reads();
    marks();
    units();
  }

  // ---------------------------------------------------------------- the list

  private static void account(String name, Predicate<Draft> spoiler) {
    KINDS.put(
        name,
        (sidecar, random) -> {
          List<AccountAccess> accounts = new ArrayList<>(sidecar.list().accounts());
          int offset = random.nextInt(accounts.size());
          for (int i = 0; i < accounts.size(); i++) {
            int at = (i + offset) % accounts.size();
            Draft draft = new Draft(accounts.get(at));
            if (spoiler.test(draft)) {
              accounts.set(at, draft.access());
              return new Sidecar(new BlockAccessList(accounts), sidecar.units());
            }
          }
          return null;
        });
  }

  private static <T> void changes(
      String name, Function<Draft, List<IndexedChange<T>>> field, UnaryOperator<T> other, T odd) {
    account(
        name + " altered",
        draft ->
            replaceFirst(
                field.apply(draft),
                c -> new IndexedChange<>(c.blockAccessIndex(), other.apply(c.value()))));
    account(
        name + " of another unit",
        draft ->
            replaceFirst(
                field.apply(draft), c -> new IndexedChange<>(c.blockAccessIndex() + 1, c.value())));
    account(name + " left out", draft -> removeLast(field.apply(draft)));
    account(
        name + " added",
        draft ->
            field.apply(draft).isEmpty() && field.apply(draft).add(new IndexedChange<>(1, odd)));
  }

  private static <T> boolean replaceFirst(List<T> list, UnaryOperator<T> other) {
    if (list.isEmpty()) {
      return false;
    }
    list.set(0, other.apply(list.get(0)));
    return true;
  }

  private static <T> boolean removeLast(List<T> list) {
    if (list.isEmpty()) {
      return false;
    }
    list.remove(list.size() - 1);
    return true;
  }

  private static void storage() {
    account(
        "slot's value altered",
        draft -> replaceFirst(draft.changes, slot -> with(slot, c -> c.value().add(UInt256.ONE))));
    account(
        "slot's key altered",
        draft -> replaceFirst(draft.changes, slot -> new SlotChanges(ODD_SLOT, slot.changes())));
    account("changed slot left out", draft -> removeLast(draft.changes));
    account(
        "changed slot added",
        draft ->
            draft.changes.add(
                new SlotChanges(ODD_SLOT, List.of(new IndexedChange<>(1, UInt256.ONE)))));
    account(
        "slot's last change left out",
        draft ->
            replaceFirst(
                draft.changes,
                slot ->
                    new SlotChanges(
                        slot.slot(), slot.changes().subList(0, slot.changes().size() - 1))));
    account("read slot left out", draft -> removeLast(draft.reads));
    account("read slot added", draft -> draft.reads.add(ODD_SLOT));
    account(
        "changed slot said to be read",
        draft -> {
          if (draft.changes.isEmpty() || !draft.reads.isEmpty()) {
            return false;
          }
          return draft.reads.add(draft.changes.remove(0).slot());
        });
  }

  private static SlotChanges with(
      SlotChanges slot, Function<IndexedChange<UInt256>, UInt256> value) {
    List<IndexedChange<UInt256>> changes = new ArrayList<>(slot.changes());
    IndexedChange<UInt256> first = changes.get(0);
    changes.set(0, new IndexedChange<>(first.blockAccessIndex(), value.apply(first)));
    return new SlotChanges(slot.slot(), changes);
  }

  private static void listed() {
    KINDS.put(
        "account left out",
        (sidecar, random) -> {
          List<AccountAccess> accounts = new ArrayList<>(sidecar.list().accounts());
          accounts.remove(random.nextInt(accounts.size()));
          return new Sidecar(new BlockAccessList(accounts), sidecar.units());
        });
    KINDS.put(
        "account added",
        (sidecar, random) -> {
          List<AccountAccess> accounts = new ArrayList<>(sidecar.list().accounts());
          int at = 0;
          while (at < accounts.size() && accounts.get(at).address().compareTo(STRANGER) < 0) {
            at++;
          }
          List<UInt256> none = List.of();
          accounts.add(
              at, new AccountAccess(STRANGER, List.of(), none, List.of(), List.of(), List.of()));
          return new Sidecar(new BlockAccessList(accounts), sidecar.units());
        });
  }

  // ---------------------------------------------------------------- the extension

  /** Spoils the reads or marks of one unit. */
  @FunctionalInterface
  private interface UnitSpoiler {
    boolean spoil(List<AccountReads> reads, List<AccountMark> marks, Sidecar sidecar);
  }

  private static void unit(String name, UnitSpoiler spoiler) {
    KINDS.put(
        name,
        (sidecar, random) -> {
          List<UnitAccess> units = new ArrayList<>(sidecar.units());
          int offset = random.nextInt(units.size());
          for (int i = 0; i < units.size(); i++) {
            int at = (i + offset) % units.size();
            List<AccountReads> reads = new ArrayList<>(units.get(at).reads());
            List<AccountMark> marks = new ArrayList<>(units.get(at).marks());
            if (spoiler.spoil(reads, marks, sidecar)) {
              units.set(at, new UnitAccess(reads, marks));
              return new Sidecar(sidecar.list(), units);
            }
          }
          return null;
        });
  }

  private static void reads() {
    unit("read left out", (reads, marks, sidecar) -> removeLast(reads));
    unit(
        "read added",
        (reads, marks, sidecar) -> {
          Address last = sidecar.list().accounts().get(0).address();
          return reads.stream().noneMatch(read -> read.address().equals(last))
              && reads.add(read(last, AccountReads.DEAD, Hash.ZERO));
        });
    readKind(
        "balance", AccountReads.BALANCE, r -> fields(r, r.balance().add(UInt256.ONE), r.nonce()));
    readKind("nonce", AccountReads.NONCE, r -> fields(r, r.balance(), r.nonce() + 1));
    readKind("code", AccountReads.CODE, r -> withCode(r, ODD_CODE.hash()));
    for (int kind = AccountReads.AT_LEAST; kind <= AccountReads.HAS_STORAGE; kind <<= 1) {
      int bit = kind;
      unit(
          "read's kind " + kind + " left out",
          (reads, marks, sidecar) ->
              replaceIf(
                  reads,
                  r -> r.has(bit),
                  r -> r.restrictedTo(r.kinds() & ~bit, r.slots(), r.values())));
    }
    unit(
        "read slot's value altered",
        (reads, marks, sidecar) ->
            replaceIf(
                reads,
                r -> r.slots().length > 0,
                r -> {
                  UInt256[] values = r.values().clone();
                  values[0] = values[0].add(UInt256.ONE);
                  return r.restrictedTo(r.kinds(), r.slots(), values);
                }));
    unit(
        "read's slots left out",
        (reads, marks, sidecar) ->
            replaceIf(
                reads,
                r -> r.slots().length > 0,
                r -> r.restrictedTo(r.kinds(), new UInt256[0], new UInt256[0])));
    unit(
        "read's slot added",
        (reads, marks, sidecar) ->
            replaceIf(
                reads,
                r -> r.slots().length == 0,
                r ->
                    r.restrictedTo(
                        r.kinds(), new UInt256[] {ODD_SLOT}, new UInt256[] {UInt256.ZERO})));
  }

  private static void readKind(String name, int bit, UnaryOperator<AccountReads> other) {
    unit(
        "read " + name + " altered",
        (reads, marks, sidecar) -> replaceIf(reads, r -> r.has(bit), other));
  }

  private static <T> boolean replaceIf(List<T> list, Predicate<T> which, UnaryOperator<T> other) {
    for (int i = 0; i < list.size(); i++) {
      if (which.test(list.get(i))) {
        list.set(i, other.apply(list.get(i)));
        return true;
      }
    }
    return false;
  }

  private static AccountReads read(Address address, int kinds, Hash codeHash) {
    UInt256[] none = {};
    return new AccountReads(
        address, kinds, 0, UInt256.ZERO, null, null, 0, codeHash, true, false, false, none, none);
  }

  private static AccountReads fields(AccountReads read, UInt256 balance, long nonce) {
    return copy(read, balance, nonce, read.codeHash());
  }

  private static AccountReads withCode(AccountReads read, Hash codeHash) {
    return copy(read, read.balance(), read.nonce(), codeHash);
  }

  private static AccountReads copy(AccountReads read, UInt256 balance, long nonce, Hash codeHash) {
    return new AccountReads(
        read.address(),
        read.kinds(),
        read.rawKinds(),
        balance,
        read.balanceAtLeast(),
        read.balanceBelow(),
        nonce,
        codeHash,
        read.dead(),
        read.exists(),
        read.hasStorage(),
        read.slots(),
        read.values());
  }

  private static void marks() {
    unit("mark left out", (reads, marks, sidecar) -> removeLast(marks));
    unit(
        "mark added",
        (reads, marks, sidecar) -> {
          Address address = sidecar.list().accounts().get(0).address();
          return marks.stream().noneMatch(mark -> mark.address().equals(address))
              && marks.add(new AccountMark(address, AccountMark.TOUCHED | AccountMark.EXISTS));
        });
    for (int flag = AccountMark.CREATED; flag <= AccountMark.EXISTS; flag <<= 1) {
      int bit = flag;
      unit(
          "mark's flag " + flag + " altered",
          (reads, marks, sidecar) ->
              replaceFirst(marks, mark -> new AccountMark(mark.address(), mark.flags() ^ bit)));
    }
  }

  private static void units() {
    KINDS.put(
        "last unit left out",
        (sidecar, random) ->
            new Sidecar(sidecar.list(), sidecar.units().subList(0, sidecar.units().size() - 1)));
    KINDS.put(
        "unit added",
        (sidecar, random) -> {
          List<UnitAccess> units = new ArrayList<>(sidecar.units());
          units.add(new UnitAccess(List.of(), List.of()));
          return new Sidecar(sidecar.list(), units);
        });
  }
}
