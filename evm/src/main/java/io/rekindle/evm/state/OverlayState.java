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

  /** What changed of one account. */
  public static final class Change {
    private final int place;
    private final Account base;
    private Account account;
    private boolean cleared;

    /** Null where none was written: most accounts change their balance alone. */
    private HashMap<UInt256, UInt256> slots;

    private Change(int place, Account base) {
      this.place = place;
      this.base = base;
      this.account = base;
    }

    /** The account's number in order of first change, from 0. */
    public int place() {
      return place;
    }

    /** The account in the base, or null where it does not exist there. */
    public Account base() {
      return base;
    }

    /** The account now, or null where it does not exist. */
    public Account account() {
      return account;
    }

    /** Whether the storage of the base is gone; {@link #slots} then is all there is. */
    public boolean cleared() {
      return cleared;
    }

    /** Slots written since, zeros included. Not to be changed. */
    public Map<UInt256, UInt256> slots() {
      return slots == null ? Map.of() : slots;
    }

    private void put(UInt256 slot, UInt256 value) {
      if (slots == null) {
        slots = new HashMap<>();
      }
      slots.put(slot, value);
    }

    private void clearStorage() {
      cleared = true;
      slots = null;
    }
  }

  private final StateReader base;
  private final Map<Address, Change> changes = new HashMap<>();
  private final Map<Hash, Code> codes = new HashMap<>();

  public OverlayState(StateReader base) {
    this.base = Objects.requireNonNull(base);
  }

  @Override
  public Account account(Address address) {
    Change change = changes.get(address);
    return change == null ? base.account(address) : change.account;
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    Change change = changes.get(address);
    if (change != null) {
      UInt256 value = change.slots == null ? null : change.slots.get(slot);
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
    Change change = changes.get(address);
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
    if (writes.destroyed()) {
      change.account = null;
      change.clearStorage();
      return;
    }
    if (writes.created()) {
      change.clearStorage();
    }
    Account before = change.account;
    Account after = updated(before == null ? Account.EMPTY : before, writes);
    if (clearsEmptyAccounts) {
      change.account = after.isEmpty() && (writes.touched() || before == null) ? null : after;
    } else {
      boolean written = !after.equals(before == null ? Account.EMPTY : before);
      change.account = before != null || written || writes.touched() ? after : null;
    }
    for (int i = 0; i < writes.slots().length; i++) {
      change.put(writes.slots()[i], writes.values()[i]);
    }
    if (change.account == null) {
      change.clearStorage();
    }
  }

  private Account updated(Account before, AccountWrites writes) {
    Hash codeHash = before.codeHash();
    if (writes.code() != null) {
      codeHash = writes.code().hash();
      if (!writes.code().isEmpty()) {
        codes.put(codeHash, writes.code());
      }
    }
    return new Account(
        writes.nonceWritten() ? writes.nonce() : before.nonce(),
        balanceAfter(before.balance(), writes),
        codeHash);
  }

  /**
   * A unit that assumed its sender's funds may take away more than a partition's own state holds.
   * That leaves zero, not a wrapped number: what later units learn of a number past 2^256 would not
   * be true of any state.
   */
  private static UInt256 balanceAfter(UInt256 before, AccountWrites writes) {
    UInt256 decrease = writes.balanceDecrease();
    if (decrease.isZero()) {
      return before.add(writes.balanceIncrease());
    }
    return before.compareTo(decrease) < 0 ? UInt256.ZERO : before.subtract(decrease);
  }

  /** What changed of an account until now, to be changed by {@link #apply} at once. */
  public Change change(Address address) {
    Change change = changes.get(address);
    if (change == null) {
      change = new Change(changes.size(), base.account(address));
      changes.put(address, change);
    }
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
