package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.word.Address;

/**
 * What a unit did to an account as a whole, which post values cannot say.
 *
 * @param flags bits of the constants below
 */
public record AccountMark(Address address, int flags) {
  /** A contract was created here: the storage before is gone. */
  public static final int CREATED = 1;

  /** The account was destroyed, its storage with it. */
  public static final int DESTROYED = 2;

  /** The account was touched (EIP-161). */
  public static final int TOUCHED = 4;

  /** The account exists after the unit. */
  public static final int EXISTS = 8;

  public boolean is(int flag) {
    return (flags & flag) != 0;
  }

  /** Whether the storage from before the unit is gone. */
  public boolean wipes() {
    return is(CREATED) || is(DESTROYED) || !is(EXISTS);
  }
}
