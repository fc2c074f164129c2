package io.rekindle.partitioner.learn;

/** Something that a call may do, as far as it is worth foreseeing. */
sealed interface Pattern {
  /** Touches a slot of its own account. */
  record Slot(Expression number) implements Pattern {}

  /** Reads the exact balance of its own account. */
  record Balance() implements Pattern {}

  /** Creates a contract, for which it takes its own account's next nonce. */
  record Creation() implements Pattern {}

  /**
   * Makes a call.
   *
   * @param delegate whether the code runs on the caller's storage
   */
  record Call(boolean delegate, Expression target, long selector, boolean paid)
      implements Pattern {}

  /** Passes a word as an argument of a call that it makes. */
  record Passed(Call call, int index, Expression word) implements Pattern {}

  /** Makes a call with so many words behind the selector. */
  record Words(Call call, int count) implements Pattern {}
}
