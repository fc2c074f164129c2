package io.rekindle.evm.fork;

/** How the MODEXP precompile is charged and bounded. */
public enum ModexpRule {
  EIP_198,
  /** Repriced in Berlin. */
  EIP_2565,
  /** Repriced in Osaka, with operands of at most 1,024 bytes (EIP-7823). */
  EIP_7883
}
