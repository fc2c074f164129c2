package io.rekindle.partitioner;

/** How a unit is expected to touch a state key. */
public enum AccessMode {
  /** Learns the exact value, or a fact that most changes of it would overturn. */
  READ(0),
  /**
   * Changes the value by a difference without learning it: a fee, a credit, the nonce of a sender,
   * which speculation assumes. Commutes with other deltas, and is never made stale by a change.
   */
  DELTA(1),
  /** Learns the value and sets it: SSTORE, whose gas depends on the old value, CREATE's nonce. */
  WRITE(2);

  private final int code;

  AccessMode(int code) {
    this.code = code;
  }

  /** The number of this in flat arrays. */
  int code() {
    return code;
  }

  /** The mode of a unit that touches the key in both ways. */
  public AccessMode and(AccessMode other) {
    return this == other ? this : WRITE;
  }

  /** Whether an earlier change of the key by another unit would make this touch stale. */
  public boolean reads() {
    return this != DELTA;
  }

  /** Whether the touch changes the key. */
  public boolean changes() {
    return this != READ;
  }
}
