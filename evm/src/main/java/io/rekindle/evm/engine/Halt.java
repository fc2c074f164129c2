package io.rekindle.evm.engine;

/** How a message ended. All but {@link #NONE} and {@link #REVERT} consume the message's gas. */
public enum Halt {
  /** STOP, RETURN, SELFDESTRUCT or the end of the code: success. */
  NONE,
  REVERT,
  OUT_OF_GAS,
  STACK_UNDERFLOW,
  STACK_OVERFLOW,
  INVALID_OPCODE,
  INVALID_JUMP,
  /** A state change within STATICCALL (EIP-214). */
  STATIC_VIOLATION,
  /** RETURNDATACOPY beyond the return data (EIP-211). */
  RETURN_DATA_OUT_OF_BOUNDS,
  /** A contract creation where there is code, a nonce or storage (EIP-684, EIP-7610). */
  CREATE_COLLISION,
  /** Deployed code over EIP-170's limit. */
  CODE_TOO_LARGE,
  /** Deployed code that starts with 0xEF (EIP-3541). */
  CODE_STARTS_WITH_EF,
  /** Creation code over EIP-3860's limit. */
  INITCODE_TOO_LARGE,
  /** A precompile refused its input. */
  PRECOMPILE_FAILURE,
  /** More than 1,024 nested calls. */
  CALL_DEPTH,
  /** The sender of the value does not hold it. */
  INSUFFICIENT_FUNDS,
  /** A creator whose nonce is 2^64 - 1 (EIP-2681). */
  NONCE_OVERFLOW
}
