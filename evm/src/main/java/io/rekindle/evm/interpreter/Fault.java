package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.Halt;

/**
 * How a handler says that its frame fails, without an exception or an object: it answers with the
 * gas left, and a negative number is a fault. Running out of gas needs no care, since any negative
 * difference means that; the other halts are numbers at the far end, which no gas cost reaches.
 */
final class Fault {
  static final long OUT_OF_GAS = -1;
  static final long STATIC_VIOLATION = code(Halt.STATIC_VIOLATION);
  static final long RETURN_DATA_OUT_OF_BOUNDS = code(Halt.RETURN_DATA_OUT_OF_BOUNDS);

  private static final Halt[] HALTS = Halt.values();

  private Fault() {}

  private static long code(Halt halt) {
    return Long.MIN_VALUE + halt.ordinal();
  }

  /** The halt that a negative answer stands for. */
  static Halt halt(long negativeGas) {
    long ordinal = negativeGas - Long.MIN_VALUE;
    return ordinal < HALTS.length ? HALTS[(int) ordinal] : Halt.OUT_OF_GAS;
  }
}
