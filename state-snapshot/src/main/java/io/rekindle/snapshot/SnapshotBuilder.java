package io.rekindle.snapshot;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds a {@link Snapshot}. Entries come grouped by account. In a complete state slots of value
 * zero are dropped; elsewhere they are kept, since they are known to be zero.
 */
public final class SnapshotBuilder implements StateSink {
  private final Unlisted policy;
  private final LayerBuilder layer = new LayerBuilder(1024, 1024);
  private final Set<Address> seen = new HashSet<>();
  private Set<UInt256> seenSlots = new HashSet<>();
  private Address last;
  private int lastNumber = -1;
  private int lastNonZero;

  /**
   * @param policy what reads of unlisted accounts and slots answer
   */
  public SnapshotBuilder(Unlisted policy) {
    this.policy = policy;
  }

  @Override
  public void account(Address address, Account account) {
    add(address, account, Layer.EXISTS | (policy == Unlisted.ABSENT ? Layer.STORAGE_KNOWN : 0));
  }

  /** An account of a partial state whose whole storage, possibly none, is listed. */
  public void accountWithWholeStorage(Address address, Account account) {
    add(address, account, Layer.EXISTS | Layer.STORAGE_KNOWN);
  }

  /** An account of a partial state that has storage, be any of it listed or not. */
  public void accountWithStorage(Address address, Account account) {
    add(address, account, Layer.EXISTS | Layer.HAS_STORAGE);
  }

  /** Says that no account exists at an address. */
  public void absent(Address address) {
    add(address, Account.EMPTY, 0);
  }

  private void add(Address address, Account account, int flags) {
    if (!seen.add(address)) {
      throw new IllegalArgumentException("account " + address + " came twice");
    }
    last = address;
    lastNumber = layer.account(address, account, flags, 0);
    lastNonZero = 0;
    seenSlots = new HashSet<>();
  }

  @Override
  public void hashedAccount(Hash addressHash, Account account) {
    throw new IllegalArgumentException(
        "the account with hash " + addressHash + " has no known address, which a snapshot needs");
  }

  @Override
  public void slot(UInt256 slot, UInt256 value) {
    if (lastNumber < 0) {
      throw new IllegalStateException("a slot before its account");
    }
    if (!seenSlots.add(slot)) {
      throw new IllegalArgumentException(
          "slot " + slot.toHex() + " of account " + last + " came twice");
    }
    if (!value.isZero()) {
      lastNonZero++;
      layer.nonZeroSlots(lastNumber, lastNonZero);
    } else if (policy == Unlisted.ABSENT) {
      return;
    }
    layer.slot(lastNumber, slot, value);
  }

  @Override
  public void hashedSlot(Hash slotHash, UInt256 value) {
    throw new IllegalArgumentException(
        "the slot with hash "
            + slotHash
            + " of account "
            + last
            + " has no known key, which a snapshot needs");
  }

  @Override
  public void code(Code code) {
    layer.code(code);
  }

  /**
   * The snapshot.
   *
   * @throws IllegalArgumentException where a complete state lacks code that an account has
   */
  public Snapshot build() {
    List<Hash> missing = layer.missingCodes();
    if (policy == Unlisted.ABSENT && !missing.isEmpty()) {
      throw new IllegalArgumentException("code " + missing.get(0) + " is missing");
    }
    return Snapshot.of(layer.build(), policy);
  }
}
