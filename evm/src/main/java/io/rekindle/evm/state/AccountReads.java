package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * What a unit learned of one account, always as of the unit's start. A field has meaning only where
 * its bit is set in {@code kinds}.
 *
 * @param kinds bits of the constants below
 * @param rawKinds {@link #BALANCE}, {@link #NONCE}, {@link #CODE}: what the EVM looked at, also
 *     where nothing had to be learned (a fee, a credit); for analysts, never validated
 * @param balance exact, of {@link #BALANCE}; null, like {@code codeHash}, where the account was
 *     never loaded
 * @param balanceAtLeast the balance is not below this, of {@link #AT_LEAST}
 * @param balanceBelow the balance is below this, of {@link #BELOW}
 * @param nonce exact, of {@link #NONCE}
 * @param codeHash of {@link #CODE}
 * @param dead of {@link #DEAD}: whether nonce and balance are zero and there is no code (or no
 *     account)
 * @param exists of {@link #EXISTS}; recorded only by forks before Spurious Dragon
 * @param hasStorage of {@link #HAS_STORAGE}
 * @param slots the slots read
 * @param values the value of each, at the same index
 */
public record AccountReads(
    Address address,
    int kinds,
    int rawKinds,
    UInt256 balance,
    UInt256 balanceAtLeast,
    UInt256 balanceBelow,
    long nonce,
    Hash codeHash,
    boolean dead,
    boolean exists,
    boolean hasStorage,
    UInt256[] slots,
    UInt256[] values) {
  public static final int BALANCE = 1;
  public static final int AT_LEAST = 2;
  public static final int BELOW = 4;
  public static final int NONCE = 8;
  public static final int CODE = 16;
  public static final int DEAD = 32;
  public static final int EXISTS = 64;
  public static final int HAS_STORAGE = 128;

  /** The nonce was assumed to be the transaction's, not looked up. Set together with NONCE. */
  public static final int NONCE_ASSUMED = 256;

  /** The state at hand had another nonce than the assumed one. */
  public static final int NONCE_UNMET = 512;

  /** The state at hand had less than the assumed funds. Set together with AT_LEAST. */
  public static final int FUNDS_UNMET = 1024;

  /** What says how speculation came to know, not what it learned. */
  public static final int SPECULATION = NONCE_ASSUMED | NONCE_UNMET | FUNDS_UNMET;

  /** Whether {@link #account} has an answer: the account was loaded, and nothing false assumed. */
  public boolean tellsAccount() {
    return balance != null && (kinds & (NONCE_UNMET | FUNDS_UNMET)) == 0;
  }

  /**
   * The account at the unit's start, whether or not the unit learned of it; null where it did not
   * exist. Only of reads as the journal recorded them, where {@link #tellsAccount}.
   */
  public Account account() {
    return exists ? new Account(nonce, balance, codeHash) : null;
  }

  public boolean has(int kind) {
    return (kinds & kind) != 0;
  }

  /** These reads with fewer kinds and slots. */
  public AccountReads restrictedTo(int fewerKinds, UInt256[] fewerSlots, UInt256[] theirValues) {
    return new AccountReads(
        address,
        fewerKinds,
        rawKinds,
        balance,
        balanceAtLeast,
        balanceBelow,
        nonce,
        codeHash,
        dead,
        exists,
        hasStorage,
        fewerSlots,
        theirValues);
  }
}
