package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.Halt;

/**
 * How a handler says that its frame fails, without an exception or an object: it answers with the
 * gas left, and a negative number is a fault. Running out of gas needs no care, since any negative
 * difference means that; the other halts are numbers at the far end, which no gas cost reaches.
 */
final class Fault {
  static final long OUT_OF_GAS = -1;
  static final long STATIC_VIOLATION = Long.MIN_VALUE;
  static final long RETURN_DATA_OUT_OF_BOUNDS = Long.MIN_VALUE + 1;

  private Fault() {}

  /** The halt that a negative answer stands for. */
  static Halt halt(long negativeGas) {
    if (negativeGas == STATIC_VIOLATION) {
      return Halt.STATIC_VIOLATION;
    }
    return negativeGas == RETURN_DATA_OUT_OF_BOUNDS
        ? Halt.RETURN_DATA_OUT_OF_BOUNDS
        : Halt.OUT_OF_GAS;
  }
}
