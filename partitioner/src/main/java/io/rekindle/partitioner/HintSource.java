package io.rekindle.partitioner;

/** Where an expected touch is known from, most trusted first. */
public enum HintSource {
  /** What the unit did touch, kept from an earlier run or round. */
  SIDECAR,
  /** The transaction's own list (EIP-2930). */
  ACCESS_LIST,
  /** A template learned from executed units with the same code and selector. */
  TEMPLATE,
  /** Sender, recipient, fee recipient and the fixed acts of openings and closings. */
  TRANSACTION
}
