package io.rekindle.evm.interpreter;

import io.rekindle.evm.word.Words;

/** Shifts (EIP-145), BYTE and CLZ (EIP-7939). */
final class Bitwise {
  private Bitwise() {}

  static void byteAt(long[] stack, int sp) {
    long index = Words.toLongSaturated(stack, sp - 4);
    Words.set(stack, sp - 8, Words.byteAt(stack, sp - 8, index));
  }

  static void shiftLeft(long[] stack, int sp) {
    long bits = Words.toLongSaturated(stack, sp - 4);
    if (bits < 256) {
      Words.shiftLeft(stack, sp - 8, (int) bits);
    } else {
      Words.set(stack, sp - 8, 0);
    }
  }

  static void shiftRight(long[] stack, int sp) {
    long bits = Words.toLongSaturated(stack, sp - 4);
    if (bits < 256) {
      Words.shiftRight(stack, sp - 8, (int) bits);
    } else {
      Words.set(stack, sp - 8, 0);
    }
  }

  static void shiftRightSigned(long[] stack, int sp) {
    long bits = Math.min(Words.toLongSaturated(stack, sp - 4), 255);
    Words.shiftRightSigned(stack, sp - 8, (int) bits);
  }

  static void countLeadingZeros(long[] stack, int sp) {
    Words.set(stack, sp - 4, 256 - Words.bitLength(stack, sp - 4));
  }
}
