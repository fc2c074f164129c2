package io.rekindle.merge;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * What the units of one partition together did to one account, as far as other partitions can care.
 *
 * @param flags bits of the constants below
 * @param gained sum of all units' balance increases
 * @param lost sum of all units' balance decreases
 * @param spare by how much the balance could have been lower at every funds check that passed; null
 *     where there was none
 * @param room by how much the balance could have been higher at every funds check that failed; null
 *     where there was none
 * @param slotsRead slots read but not written
 * @param slotsWritten slots written
 */
public record AccountSummary(
    Address address,
    int flags,
    UInt256 gained,
    UInt256 lost,
    UInt256 spare,
    UInt256 room,
    UInt256[] slotsRead,
    UInt256[] slotsWritten) {
  public static final int READS_BALANCE = 1;
  public static final int READS_NONCE = 1 << 1;
  public static final int READS_CODE = 1 << 2;
  public static final int READS_DEAD = 1 << 3;
  public static final int READS_EXISTS = 1 << 4;
  public static final int READS_HAS_STORAGE = 1 << 5;
  public static final int WRITES_NONCE = 1 << 6;
  public static final int WRITES_CODE = 1 << 7;

  /** Creation or deletion: every key of the account changes. */
  public static final int WRITES_INCARNATION = 1 << 8;

  /** A touch under the rules before Spurious Dragon, which makes a missing account exist. */
  public static final int TOUCHES = 1 << 9;

  /** A nonce was assumed that the partition itself does not see: the unit must be looked at. */
  public static final int ASSUMES_NONCE = 1 << 10;

  /** Funds were assumed that the partition itself does not see: the unit must be looked at. */
  public static final int ASSUMES_FUNDS = 1 << 11;

  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  boolean changesBalance() {
    return !gained.isZero() || !lost.isZero();
  }
}
