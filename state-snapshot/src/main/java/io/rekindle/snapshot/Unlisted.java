package io.rekindle.snapshot;

/** What a snapshot answers for an account or a slot that it does not list. */
public enum Unlisted {
  /** It is the complete state: what is not listed does not exist. */
  ABSENT(0),

  /**
   * It is taken not to exist, but each such read is counted and named: a prestate dump leaves out
   * accounts that did not exist.
   */
  COUNTED(1),

  /** It is not known: a {@link io.rekindle.evm.state.MissingStateException}. */
  MISSING(2);

  private final int wireCode;

  Unlisted(int wireCode) {
    this.wireCode = wireCode;
  }

  /** The byte that stands for it in the wire form. */
  int wireCode() {
    return wireCode;
  }
}
