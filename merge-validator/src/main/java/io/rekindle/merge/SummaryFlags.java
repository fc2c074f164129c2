package io.rekindle.merge;

import io.rekindle.evm.state.AccountReads;

/**
 * What a partition did to an account: the kinds of its reads are those of {@link AccountReads}, one
 * bit each; writes are the higher bits.
 */
public final class SummaryFlags {
  public static final int READS_BALANCE = AccountReads.BALANCE;
  public static final int READS_NONCE = AccountReads.NONCE;
  public static final int READS_CODE = AccountReads.CODE;
  public static final int READS_DEAD = AccountReads.DEAD;
  public static final int READS_EXISTS = AccountReads.EXISTS;
  public static final int READS_HAS_STORAGE = AccountReads.HAS_STORAGE;

  /** A nonce was assumed that the partition itself does not see: the unit must be looked at. */
  public static final int ASSUMES_NONCE = AccountReads.NONCE_UNMET;

  /** Funds were assumed that the partition itself does not see: the unit must be looked at. */
  public static final int ASSUMES_FUNDS = AccountReads.FUNDS_UNMET;

  /** What a partition must be looked at for, whatever others do. */
  static final int UNMET = ASSUMES_NONCE | ASSUMES_FUNDS;

  public static final int WRITES_NONCE = 1 << 16;
  public static final int WRITES_CODE = 1 << 17;

  /** Creation or deletion: every key of the account changes. */
  public static final int WRITES_INCARNATION = 1 << 18;

  /** A touch under the rules before Spurious Dragon, which makes a missing account exist. */
  public static final int TOUCHES = 1 << 19;

  public static final int WRITES_SLOTS = 1 << 20;

  private SummaryFlags() {}
}
