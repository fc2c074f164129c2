package io.rekindle.evm.fork;

/** How a proof-of-work block's difficulty follows from its parent. */
public enum DifficultyRule {
  FRONTIER,
  /** EIP-2. */
  HOMESTEAD,
  /** EIP-100, which looks at the parent's ommers. */
  BYZANTIUM,
  /** Zero: blocks are made by the beacon chain (EIP-3675). */
  PROOF_OF_STAKE
}
