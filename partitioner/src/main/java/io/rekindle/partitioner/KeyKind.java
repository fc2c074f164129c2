package io.rekindle.partitioner;

/** What of an account a state key names. */
public enum KeyKind {
  BALANCE(0),
  NONCE(1),
  CODE(2),
  /** Creation, deletion, emptiness, and whether there is storage. */
  EXISTENCE(3),
  /** One storage slot. */
  SLOT(4);

  private static final KeyKind[] VALUES = values();

  static KeyKind ofCode(int code) {
    return VALUES[code];
  }

  private final int code;

  KeyKind(int code) {
    this.code = code;
  }

  /** The number of this in flat arrays. */
  int code() {
    return code;
  }
}
