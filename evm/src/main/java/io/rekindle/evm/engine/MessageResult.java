package io.rekindle.evm.engine;

/**
 * How a top-level message ended.
 *
 * @param gasLeft zero unless it succeeded or reverted
 * @param output return data or revert data; the deployed code of a creation is not repeated here
 */
public record MessageResult(Halt halt, long gasLeft, byte[] output) {
  public boolean succeeded() {
    return halt == Halt.NONE;
  }
}
