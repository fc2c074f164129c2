package io.rekindle.partitioner;

/** What of an account a state key names. */
public enum KeyKind {
  BALANCE,
  NONCE,
  CODE,
  /** Creation, deletion, emptiness, and whether there is storage. */
  EXISTENCE,
  /** One storage slot. */
  SLOT
}
