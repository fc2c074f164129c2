package io.rekindle.evm.process;

/**
 * Why a transaction, or a block's system call, is invalid on a state. What depends on the
 * transactions before it in the block (gas and blob gas that are left) is block assembly's to find.
 */
public enum InvalidReason {
  NONCE_TOO_LOW,
  NONCE_TOO_HIGH,
  /** The nonce is 2^64 - 1 (EIP-2681). */
  NONCE_OVERFLOW,
  INSUFFICIENT_FUNDS,
  INTRINSIC_GAS_TOO_LOW,
  /** The gas limit is under the call data floor (EIP-7623). */
  FLOOR_GAS_TOO_LOW,
  /** The gas limit is over that of a transaction (EIP-7825). */
  GAS_LIMIT_TOO_HIGH,
  /** The gas limit is over that of the whole block. */
  GAS_LIMIT_ABOVE_BLOCK,
  /** Gas limit times fee, with the value, does not fit 256 bits. */
  GAS_FEE_OVERFLOW,
  FEE_BELOW_BASE_FEE,
  PRIORITY_FEE_ABOVE_MAX_FEE,
  BLOB_FEE_BELOW_BASE_FEE,
  TYPE_NOT_SUPPORTED,
  WRONG_CHAIN_ID,
  /** No sender can be recovered from the signature. */
  INVALID_SIGNATURE,
  /** The sender has code that is no delegation designator (EIP-3607, EIP-7702). */
  SENDER_HAS_CODE,
  /** Creation code over EIP-3860's limit. */
  INITCODE_TOO_LARGE,
  BLOB_WITHOUT_HASHES,
  /** More blobs than a transaction may have (EIP-7594). */
  BLOB_COUNT_EXCEEDED,
  /** More blobs than a whole block may have (EIP-4844). */
  BLOB_COUNT_ABOVE_BLOCK,
  BLOB_VERSION_INVALID,
  BLOB_CREATE,
  AUTHORIZATIONS_EMPTY,
  AUTHORIZATION_CREATE,
  /** A system contract that must have code has none (EIP-7002, EIP-7251). */
  SYSTEM_CONTRACT_EMPTY,
  /** The call of a system contract that must succeed failed (EIP-7002, EIP-7251). */
  SYSTEM_CALL_FAILED
}
