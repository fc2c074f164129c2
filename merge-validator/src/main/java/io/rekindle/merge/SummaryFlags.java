package io.rekindle.merge;

import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;

/**
 * What a partition did to an account: the kinds of its reads are those of {@link AccountReads},
 * those of its writes are those of {@link AccountWrites}.
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

  public static final int WRITES_NONCE = AccountWrites.NONCE;
  public static final int WRITES_CODE = AccountWrites.CODE;

  /** Creation or deletion, either bit: every key of the account changes. */
  public static final int WRITES_INCARNATION = AccountWrites.CREATED | AccountWrites.DESTROYED;

  /** A touch under the rules before Spurious Dragon, which makes a missing account exist. */
  public static final int TOUCHES = AccountWrites.TOUCHED;

  public static final int WRITES_SLOTS = AccountWrites.SLOTS;

  private SummaryFlags() {}
}
