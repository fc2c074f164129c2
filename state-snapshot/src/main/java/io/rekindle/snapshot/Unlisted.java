package io.rekindle.snapshot;

/** What a snapshot answers for an account or a slot that it does not list. */
public enum Unlisted {
  /** It is the complete state: what is not listed does not exist. */
  ABSENT,

  /**
   * It is taken not to exist, but each such read is counted and named: a prestate dump leaves out
   * accounts that did not exist.
   */
  COUNTED,

  /** It is not known: a {@link io.rekindle.evm.state.MissingStateException}. */
  MISSING
}
