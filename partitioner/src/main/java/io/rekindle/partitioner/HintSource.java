package io.rekindle.partitioner;

/** Where an expected touch is known from, most trusted first. */
public enum HintSource {
  /** What the unit did touch, kept from an earlier run or round. */
  SIDECAR(0),
  /** The transaction's own list (EIP-2930). */
  ACCESS_LIST(1),
  /** A template learned from executed units with the same code and selector. */
  TEMPLATE(2),
  /** Sender, recipient, fee recipient and the fixed acts of openings and closings. */
  TRANSACTION(3),
  /**
   * Nothing is known of what a call does: it is taken to change the whole account that it works on,
   * as if it replaced its code, so that it waits for whoever else calls that account.
   */
  GUESS(4);

  private final int code;

  HintSource(int code) {
    this.code = code;
  }

  /** The number of this in flat arrays. */
  int code() {
    return code;
  }
}
