package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A state that changes: write sets applied in order on top of a state that does not. Serial
 * execution runs on it, a partition runs on it, and the merge validator keeps the merged state in
 * it. Not safe for threads.
 */
public final class OverlayState implements StateReader {
  /** A state without any account. */
  public static final StateReader EMPTY =
      new StateReader() {
        @Override
        public Account account(Address address) {
          return null;
        }

        @Override
        public UInt256 storage(Address address, UInt256 slot) {
          return UInt256.ZERO;
        }

        @Override
        public boolean hasStorage(Address address) {
          return false;
        }

        @Override
        public Code code(Hash codeHash) {
          throw new MissingStateException("code " + codeHash);
        }
      };

  /** What changed of one account; a subclass may keep more of it than the state needs. */
  public static class Change {
    private final Address address;
    private final int hash;
    private final Account base;
    private Account account;
    private boolean cleared;

    /** Null where none was written: most accounts change their balance alone. */
    private SlotMap slots;

    /**
     * @param hash of the address, {@link Address#hashCode()}
     * @param base the account in the base, or null where it does not exist there
     */
    protected Change(Address address, int hash, Account base) {
      this.address = address;
      this.hash = hash;
      this.base = base;
      this.account = base;
    }

    public final Address address() {
      return address;
    }

    /** Hash code of the address. */
    public final int hash() {
      return hash;
    }

    final boolean isOf(Address other, int itsHash) {
      return hash == itsHash && address.equals(other);
    }

    /** The account in the base, or null where it does not exist there. */
    public final Account base() {
      return base;
    }

    /** The account now, or null where it does not exist. */
    public final Account account() {
      return account;
    }

    /** Whether the storage of the base is gone; {@link #slots} then is all there is. */
    public final boolean cleared() {
      return cleared;
    }

    /** Slots written since, zeros included. Not to be changed. */
    public final Map<UInt256, UInt256> slots() {
      return slots == null ? Map.of() : slots;
    }

    private void put(UInt256 slot, UInt256 value) {
      if (slots == null) {
        slots = new SlotMap();
      }
      slots.set(slot, value);
    }

    private void put(UInt256[] written, UInt256[] values) {
      for (int i = 0; i < written.length; i++) {
        put(written[i], values[i]);
      }
    }

    private void clearStorage() {
      cleared = true;
      slots = null;
    }
  }

  /** Makes the changes of a state, each when its account is first changed. */
  @FunctionalInterface
  public interface ChangeFactory {
    /** The parameters are those of {@link Change#Change}. */
    Change change(Address address, int hash, Account base);
  }

  private final StateReader base;
  private final ChangeFactory factory;
  private final ChangeTable changes = new ChangeTable();
  private final Map<Hash, Code> codes = new HashMap<>();

  public OverlayState(StateReader base) {
    this(base, Change::new);
  }

  public OverlayState(StateReader base, ChangeFactory factory) {
    this.base = Objects.requireNonNull(base);
    this.factory = factory;
  }

  private Change find(Address address) {
    return changes.find(address, address.hashCode());
  }

  @Override
  public Account account(Address address) {
    Change change = find(address);
    return change == null ? base.account(address) : change.account;
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    Change change = find(address);
    if (change != null) {
      UInt256 value = change.slots == null ? null : change.slots.find(slot);
      if (value != null) {
        return value;
      }
      if (change.cleared) {
        return UInt256.ZERO;
      }
    }
    return base.storage(address, slot);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Storage of the base counts until the account is destroyed: only code can clear slots one by
   * one, and an account with code is no place for a creation anyway.
   */
  @Override
  public boolean hasStorage(Address address) {
    Change change = find(address);
    if (change == null) {
      return base.hasStorage(address);
    }
    for (UInt256 value : change.slots().values()) {
      if (!value.isZero()) {
        return true;
      }
    }
    return !change.cleared && base.hasStorage(address);
  }

  @Override
  public Code code(Hash codeHash) {
    Code code = codes.get(codeHash);
    return code == null ? base.code(codeHash) : code;
  }

  /** What changed of each account since the base, in no order. Not to be changed. */
  public Map<Address, Change> changes() {
    return changes;
  }

  /** Code deployed since the base. Not to be changed. */
  public Map<Hash, Code> codes() {
    return codes;
  }

  /** Applies what a unit changed. */
  public void apply(WriteSet writes) {
    List<AccountWrites> accounts = writes.accounts();
    for (int i = 0; i < accounts.size(); i++) {
      AccountWrites account = accounts.get(i);
      apply(account, writes.clearsEmptyAccounts(), change(account.address()));
    }
  }

  /** Applies all that changed in an overlay whose base is this state. */
  public void apply(OverlayState above) {
    above.changes.forEach(
        (address, theirs) -> {
          Change change = change(address);
          change.account = theirs.account;
          if (theirs.cleared) {
            change.clearStorage();
          }
          theirs.slots().forEach(change::put);
        });
    codes.putAll(above.codes);
  }

  /**
   * Applies what a unit changed of one account.
   *
   * @param clearsEmptyAccounts of the unit's {@link WriteSet}
   * @param change of the account, from {@link #change}
   */
  public void apply(AccountWrites writes, boolean clearsEmptyAccounts, Change change) {
    int kinds = writes.kinds();
    if ((kinds & (AccountWrites.CREATED | AccountWrites.DESTROYED)) != 0) {
      change.clearStorage();
      if ((kinds & AccountWrites.DESTROYED) != 0) {
        change.account = null;
        return;
      }
    }
    Account known = change.account;
    Account before = known == null ? Account.EMPTY : known;
    Account after = (kinds & AccountWrites.FIELDS) == 0 ? before : updated(before, writes);
    boolean touched = (kinds & AccountWrites.TOUCHED) != 0;
    if (clearsEmptyAccounts) {
      change.account = after.isEmpty() && (touched || known == null) ? null : after;
    } else {
      change.account = known != null || touched || !isSame(before, after) ? after : null;
    }
    if ((kinds & AccountWrites.SLOTS) != 0) {
      change.put(writes.slots(), writes.values());
    }
    if (change.account == null) {
      change.clearStorage();
    }
  }

  private static boolean isSame(Account a, Account b) {
    return a.nonce() == b.nonce()
        && a.balance().equals(b.balance())
        && a.codeHash().equals(b.codeHash());
  }

  private Account updated(Account before, AccountWrites writes) {
    return new Account(
        (writes.kinds() & AccountWrites.NONCE) != 0 ? writes.nonce() : before.nonce(),
        balanceAfter(before.balance(), writes),
        (writes.kinds() & AccountWrites.CODE) != 0 ? deployed(writes.code()) : before.codeHash());
  }

  private Hash deployed(Code code) {
    if (!code.isEmpty()) {
      codes.put(code.hash(), code);
    }
    return code.hash();
  }

  /**
   * A unit that assumed its sender's funds may take away more than a partition's own state holds.
   * That leaves zero, not a wrapped number: what later units learn of a number past 2^256 would not
   * be true of any state.
   */
  private static UInt256 balanceAfter(UInt256 before, AccountWrites writes) {
    if ((writes.kinds() & AccountWrites.DECREASED) == 0) {
      return (writes.kinds() & AccountWrites.INCREASED) == 0
          ? before
          : before.add(writes.balanceIncrease());
    }
    UInt256 decrease = writes.balanceDecrease();
    return before.compareTo(decrease) < 0 ? UInt256.ZERO : before.subtract(decrease);
  }

  /** What changed of an account until now, to be changed by {@link #apply} at once. */
  public Change change(Address address) {
    int hash = address.hashCode();
    Change change = changes.find(address, hash);
    return change == null ? add(address, hash, base.account(address)) : change;
  }

  /**
   * As {@link #change(Address)}, where a unit that ran on this state, as it is now, has read the
   * account: the base need not be asked for it a second time.
   */
  public Change change(AccountReads reads) {
    Address address = reads.address();
    int hash = address.hashCode();
    Change change = changes.find(address, hash);
    if (change != null) {
      return change;
    }
    return add(address, hash, reads.tellsAccount() ? reads.account() : base.account(address));
  }

  private Change add(Address address, int hash, Account inBase) {
    Change change = factory.change(address, hash, inBase);
    changes.add(change);
    return change;
  }

  /** Puts an account in place, for building a state from a list of accounts. */
  public void put(Address address, Account account, Code code, Map<UInt256, UInt256> slots) {
    Change change = change(address);
    change.account = account;
    if (!code.isEmpty()) {
      codes.put(code.hash(), code);
    }
    slots.forEach(
        (slot, value) -> {
          if (!value.isZero()) {
            change.put(slot, value);
          }
        });
  }
}
