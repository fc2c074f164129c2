package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * An account as the {@link Journal} sees it within one unit: its base at the unit's start (loaded
 * when first asked for), its current fields, and what was learned of the base. A handle for the
 * interpreter; all changes go through the journal. Valid until the journal is reset.
 */
public final class JournalAccount {
  int number;
  Address address;

  boolean loaded;
  boolean baseExists;
  long baseNonce;
  UInt256 baseBalance;
  Hash baseCodeHash;

  long nonce;
  final long[] balance = new long[4];
  Hash codeHash;
  Code code;

  int kinds;
  int rawKinds;
  UInt256 atLeast;
  UInt256 below;
  boolean baseHasStorage;

  boolean warm;
  boolean touched;
  boolean created;
  boolean destroyed;
  boolean nonceWritten;
  boolean codeWritten;
  int firstSlot;

  JournalAccount() {}

  void reset(int newNumber, Address newAddress) {
    number = newNumber;
    address = newAddress;
    loaded = false;
    baseExists = false;
    baseNonce = 0;
    baseBalance = null;
    baseCodeHash = null;
    code = null;
    kinds = 0;
    rawKinds = 0;
    atLeast = null;
    below = null;
    baseHasStorage = false;
    warm = false;
    touched = false;
    created = false;
    destroyed = false;
    nonceWritten = false;
    codeWritten = false;
    firstSlot = -1;
  }

  public Address address() {
    return address;
  }

  /** Whether a contract was created at this address within the unit (and not rolled back). */
  public boolean createdInUnit() {
    return created;
  }

  /** Whether the account is marked to be destroyed at the end of the unit. */
  public boolean destroyed() {
    return destroyed;
  }

  boolean baseDead() {
    return baseNonce == 0 && baseBalance.isZero() && baseCodeHash.equals(Code.EMPTY_HASH);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
