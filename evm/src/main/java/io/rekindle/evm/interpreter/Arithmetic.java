package io.rekindle.evm.interpreter;

import io.rekindle.evm.word.Power;
import io.rekindle.evm.word.Words;

/** EXP, whose gas follows its operand; the other arithmetic is in the loop and in words. */
final class Arithmetic {
  private Arithmetic() {}

  static long exp(Machine machine, Frame frame, int sp, long gas) {
    long[] stack = frame.stack;
    int exponentBytes = (Words.bitLength(stack, sp - 8) + 7) >> 3;
    long left = gas - (long) machine.fork.expByteGas() * exponentBytes;
    if (left >= 0) {
      Power.raise(stack, sp - 4, sp - 8, sp - 8);
    }
    return left;
  }

  static void signExtend(long[] stack, int sp) {
    long size = Words.toLongSaturated(stack, sp - 4);
    Words.signExtend(stack, sp - 8, size);
  }
}
