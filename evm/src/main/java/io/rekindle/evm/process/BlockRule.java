package io.rekindle.evm.process;

/**
 * What a valid block obeys, each rule with a name for reports. Rules of a header against its parent
 * come first, then those of ommers, of the body, and of what execution gives.
 */
public enum BlockRule {
  /** Fields that the block's fork has are there, and no others. */
  HEADER_FIELDS,
  PARENT_HASH,
  NUMBER,
  TIMESTAMP,
  /** Within a 1024th of the parent's, and not below 5,000 (Yellow Paper, EIP-1559). */
  GAS_LIMIT,
  /** At most 2^63 - 1. */
  GAS_LIMIT_MAXIMUM,
  GAS_USED_ABOVE_LIMIT,
  EXTRA_DATA_SIZE,
  /** Ten blocks from the DAO fork on say so in their extra data (EIP-779). */
  DAO_EXTRA_DATA,
  DIFFICULTY,
  /** Zero from Paris on (EIP-3675). */
  NONCE,
  /** The hash of an empty list from Paris on (EIP-3675). */
  NO_OMMERS,
  /** EIP-1559. */
  BASE_FEE,
  BLOB_GAS_USED_ABOVE_LIMIT,
  /** EIP-4844, EIP-7918. */
  EXCESS_BLOB_GAS,

  OMMER_COUNT,
  OMMER_DUPLICATE,
  /** An ommer that an earlier block of the last seven has. */
  OMMER_INCLUDED_BEFORE,
  OMMER_IS_ANCESTOR,
  /** An ommer's parent is one of the last seven blocks, and not the block's own parent. */
  OMMER_PARENT,
  /** An ommer obeys the rules of a header itself. */
  OMMER_HEADER,

  OMMERS_HASH,
  TRANSACTIONS_ROOT,
  WITHDRAWALS_ROOT,
  /** EIP-7934. */
  BLOCK_SIZE,

  /** A transaction's gas limit fits what the block has left. */
  GAS_ALLOWANCE,
  /** A transaction's blobs fit what the block has left. */
  BLOB_GAS_ALLOWANCE,
  /** Every unit of the block is valid; see the unit's {@link InvalidReason}. */
  UNIT_VALID,
  /** The state at hand answers every read. */
  STATE_COMPLETE,
  /** Logs of the deposit contract have the layout of EIP-6110. */
  DEPOSIT_LAYOUT,
  GAS_USED,
  BLOB_GAS_USED,
  LOGS_BLOOM,
  RECEIPTS_ROOT,
  REQUESTS_HASH,
  STATE_ROOT
}
