package io.rekindle.evm.interpreter;

import io.rekindle.evm.word.Words;

/**
 * AND, OR, XOR, NOT, shifts (EIP-145), BYTE and CLZ (EIP-7939). The first four are handed the stack
 * pointer of after the opcode, the others that of before.
 */
final class Bitwise {
  private Bitwise() {}

  static void and(long[] stack, int sp) {
    stack[sp - 4] &= stack[sp];
    stack[sp - 3] &= stack[sp + 1];
    stack[sp - 2] &= stack[sp + 2];
    stack[sp - 1] &= stack[sp + 3];
  }

  static void or(long[] stack, int sp) {
    stack[sp - 4] |= stack[sp];
    stack[sp - 3] |= stack[sp + 1];
    stack[sp - 2] |= stack[sp + 2];
    stack[sp - 1] |= stack[sp + 3];
  }

  static void xor(long[] stack, int sp) {
    stack[sp - 4] ^= stack[sp];
    stack[sp - 3] ^= stack[sp + 1];
    stack[sp - 2] ^= stack[sp + 2];
    stack[sp - 1] ^= stack[sp + 3];
  }

  static void not(long[] stack, int at) {
    stack[at] = ~stack[at];
    stack[at + 1] = ~stack[at + 1];
    stack[at + 2] = ~stack[at + 2];
    stack[at + 3] = ~stack[at + 3];
  }

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
