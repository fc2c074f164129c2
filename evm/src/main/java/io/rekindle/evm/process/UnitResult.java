package io.rekindle.evm.process;

import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.word.Address;
import java.util.List;

/** How a unit ended. */
public sealed interface UnitResult {
  /**
   * A transaction was executed, with success or without.
   *
   * @param gasUsed after refunds and the call data floor
   * @param gasRefunded what of the refund counter was granted
   * @param created the contract of a creation, or null
   */
  record Executed(Halt halt, long gasUsed, long gasRefunded, byte[] output, Address created)
      implements UnitResult {
    public boolean success() {
      return halt == Halt.NONE;
    }
  }

  /** A block was opened. */
  record Opened() implements UnitResult {}

  /**
   * A block was closed.
   *
   * @param requests of EIP-7002 and EIP-7251, each with its type byte in front; those without data
   *     are absent
   */
  record Closed(List<byte[]> requests) implements UnitResult {}

  /** The unit cannot be part of a valid block on this state. */
  record Invalid(InvalidReason reason, String detail) implements UnitResult {}

  /** The state at hand does not hold what the unit asked for. */
  record Unanswered(String what) implements UnitResult {}
}
