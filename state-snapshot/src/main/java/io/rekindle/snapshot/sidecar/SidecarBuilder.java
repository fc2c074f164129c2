package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a block's sidecar of what its units read and wrote, handed over in chain order. It keeps
 * the state along the way itself, since write sets have balance deltas and a list has the values
 * after each unit.
 */
public final class SidecarBuilder {
  /** What the block did with one account. */
  private static final class Gathered {
    private final TreeMap<UInt256, List<IndexedChange<UInt256>>> changes = new TreeMap<>();
    private final TreeSet<UInt256> reads = new TreeSet<>();
    private final List<IndexedChange<UInt256>> balances = new ArrayList<>();
    private final List<IndexedChange<Long>> nonces = new ArrayList<>();
    private final List<IndexedChange<Code>> codes = new ArrayList<>();
  }

  private final OverlayState state;
  private final TreeMap<Address, Gathered> accounts = new TreeMap<>();
  private final List<UnitAccess> units = new ArrayList<>();

  /**
   * @param before the state before the block
   */
  public SidecarBuilder(StateReader before) {
    this.state = new OverlayState(before);
  }

  /**
   * Adds the next unit. Indexes left out are units that the block does not have.
   *
   * @throws IllegalArgumentException where the unit does not come after all before
   */
  public void add(int blockAccessIndex, ReadSet reads, WriteSet writes) {
    if (blockAccessIndex < units.size()) {
      throw new IllegalArgumentException("unit " + blockAccessIndex + " comes out of order");
    }
    while (units.size() < blockAccessIndex) {
      units.add(new UnitAccess(List.of(), List.of()));
    }
    for (AccountReads read : reads.accounts()) {
      gathered(read.address()).reads.addAll(Arrays.asList(read.slots()));
    }
    Map<Address, Before> before = new TreeMap<>();
    for (AccountWrites write : writes.accounts()) {
      before.put(write.address(), before(write));
    }
    state.apply(writes);
    List<AccountMark> marks = new ArrayList<>();
    for (AccountWrites write : writes.accounts()) {
      gather(blockAccessIndex, write, before.get(write.address()));
      marks.add(new AccountMark(write.address(), flags(write)));
    }
    marks.sort(Comparator.comparing(AccountMark::address));
    units.add(new UnitAccess(sorted(reads), marks));
  }

  /** An account's fields, and the values of slots that are about to be written. */
  private record Before(Account account, UInt256[] values) {}

  private Before before(AccountWrites write) {
    Account account = state.account(write.address());
    UInt256[] values = new UInt256[write.slots().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = state.storage(write.address(), write.slots()[i]);
    }
    return new Before(account == null ? Account.EMPTY : account, values);
  }

  private Gathered gathered(Address address) {
    return accounts.computeIfAbsent(address, a -> new Gathered());
  }

  private void gather(int index, AccountWrites write, Before before) {
    Gathered gathered = gathered(write.address());
    Account found = state.account(write.address());
    Account after = found == null ? Account.EMPTY : found;
    if (!after.balance().equals(before.account.balance())) {
      gathered.balances.add(new IndexedChange<>(index, after.balance()));
    }
    if (after.nonce() != before.account.nonce()) {
      gathered.nonces.add(new IndexedChange<>(index, after.nonce()));
    }
    if (!after.codeHash().equals(before.account.codeHash())) {
      Code code =
          after.codeHash().equals(Code.EMPTY_HASH) ? Code.EMPTY : state.code(after.codeHash());
      gathered.codes.add(new IndexedChange<>(index, code));
    }
    for (int i = 0; i < write.slots().length; i++) {
      UInt256 slot = write.slots()[i];
      UInt256 value = state.storage(write.address(), slot);
      if (value.equals(before.values[i])) {
        gathered.reads.add(slot);
      } else {
        gathered
            .changes
            .computeIfAbsent(slot, s -> new ArrayList<>(1))
            .add(new IndexedChange<>(index, value));
      }
    }
  }

  private int flags(AccountWrites write) {
    return (write.created() ? AccountMark.CREATED : 0)
        | (write.destroyed() ? AccountMark.DESTROYED : 0)
        | (write.touched() ? AccountMark.TOUCHED : 0)
        | (state.account(write.address()) == null ? 0 : AccountMark.EXISTS);
  }

  /** In order of address and slot, so that equal sets have equal bytes. */
  private static List<AccountReads> sorted(ReadSet reads) {
    List<AccountReads> sorted = new ArrayList<>(reads.accounts().size());
    for (AccountReads read : reads.accounts()) {
      sorted.add(withSortedSlots(read));
    }
    sorted.sort(Comparator.comparing(AccountReads::address));
    return sorted;
  }

  private static AccountReads withSortedSlots(AccountReads read) {
    TreeMap<UInt256, UInt256> slots = new TreeMap<>();
    for (int i = 0; i < read.slots().length; i++) {
      slots.put(read.slots()[i], read.values()[i]);
    }
    return new AccountReads(
        read.address(),
        read.kinds(),
        read.rawKinds(),
        read.balance(),
        read.balanceAtLeast(),
        read.balanceBelow(),
        read.nonce(),
        read.codeHash(),
        read.dead(),
        read.exists(),
        read.hasStorage(),
        slots.keySet().toArray(UInt256[]::new),
        slots.values().toArray(UInt256[]::new));
  }

  /** The state after the units so far. Not to be changed. */
  public OverlayState state() {
    return state;
  }

  /** The sidecar of the units so far. */
  public Sidecar build() {
    List<AccountAccess> list = new ArrayList<>(accounts.size());
    accounts.forEach((address, gathered) -> list.add(access(address, gathered)));
    return new Sidecar(new BlockAccessList(list), List.copyOf(units));
  }

  private static AccountAccess access(Address address, Gathered gathered) {
    List<SlotChanges> changes = new ArrayList<>(gathered.changes.size());
    gathered.changes.forEach(
        (slot, values) -> changes.add(new SlotChanges(slot, List.copyOf(values))));
    List<UInt256> reads = new ArrayList<>();
    for (UInt256 slot : gathered.reads) {
      if (!gathered.changes.containsKey(slot)) {
        reads.add(slot);
      }
    }
    return new AccountAccess(
        address,
        changes,
        reads,
        List.copyOf(gathered.balances),
        List.copyOf(gathered.nonces),
        List.copyOf(gathered.codes));
  }
}
