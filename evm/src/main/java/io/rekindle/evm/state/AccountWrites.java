package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * What a unit changes of one account. To be applied in this order: {@link #DESTROYED} deletes the
 * account and its storage and ends; otherwise {@link #CREATED} clears all storage, then balance,
 * nonce, code and slots are written, and last, where {@link #TOUCHED} is set, the account is
 * deleted if it is empty (from Spurious Dragon on) or created if it is missing (before).
 *
 * @param kinds bits of the constants below, which say what the other fields hold
 * @param balanceIncrease added to the balance, of {@link #INCREASED}; else zero
 * @param balanceDecrease subtracted from the balance, of {@link #DECREASED}; else zero; one of the
 *     two is
 * @param nonce the new nonce, of {@link #NONCE}
 * @param code the new code, of {@link #CODE}; else null. {@link Code#EMPTY} clears it
 * @param slots the slots written, with a new value that differs from the one at the unit's start
 * @param values the new value of each, at the same index
 */
public record AccountWrites(
    Address address,
    int kinds,
    UInt256 balanceIncrease,
    UInt256 balanceDecrease,
    long nonce,
    Code code,
    UInt256[] slots,
    UInt256[] values) {
  // Above the kinds of AccountReads, so that one number holds both.
  public static final int NONCE = 1 << 16;
  public static final int CODE = 1 << 17;

  /** A contract was created here in this unit: its storage starts empty. */
  public static final int CREATED = 1 << 18;

  /** The account is gone after this unit. */
  public static final int DESTROYED = 1 << 19;

  /** There are slots. */
  public static final int SLOTS = 1 << 20;

  /** The account was touched (EIP-161). */
  public static final int TOUCHED = 1 << 21;

  public static final int INCREASED = 1 << 22;
  public static final int DECREASED = 1 << 23;

  /** What makes an account another one, slots apart. */
  static final int FIELDS = NONCE | CODE | INCREASED | DECREASED;

  /** The kinds follow from the rest. */
  public AccountWrites(
      Address address,
      UInt256 balanceIncrease,
      UInt256 balanceDecrease,
      boolean nonceWritten,
      long nonce,
      Code code,
      boolean created,
      boolean destroyed,
      boolean touched,
      UInt256[] slots,
      UInt256[] values) {
    this(
        address,
        (balanceIncrease.isZero() ? 0 : INCREASED)
            | (balanceDecrease.isZero() ? 0 : DECREASED)
            | (nonceWritten ? NONCE : 0)
            | (code == null ? 0 : CODE)
            | (created ? CREATED : 0)
            | (destroyed ? DESTROYED : 0)
            | (touched ? TOUCHED : 0)
            | (slots.length == 0 ? 0 : SLOTS),
        balanceIncrease,
        balanceDecrease,
        nonce,
        code,
        slots,
        values);
  }

  /**
   * @param kind one or more of the constants
   */
  public boolean has(int kind) {
    return (kinds & kind) != 0;
  }

  public boolean nonceWritten() {
    return has(NONCE);
  }

  public boolean created() {
    return has(CREATED);
  }

  public boolean destroyed() {
    return has(DESTROYED);
  }

  public boolean touched() {
    return has(TOUCHED);
  }
}
