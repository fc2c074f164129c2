package io.rekindle.evm.interpreter;

import io.rekindle.evm.word.Division;
import io.rekindle.evm.word.Words;

/**
 * The opcodes whose result follows from the words that they take, and whose gas is the base gas:
 * arithmetic, comparison, bits and shifts.
 */
final class Computation {
  private Computation() {}

  /**
   * Executes one opcode.
   *
   * @param sp the stack pointer after the opcode: its result goes below, what it takes besides lies
   *     above
   */
  static void execute(Division division, long[] stack, int sp, int opcode) {
    int to = sp - 4;
    switch (opcode) {
      case OpcodeTable.ADD -> Words.add(stack, sp, to, to);
      case OpcodeTable.MUL -> Words.multiply(stack, sp, to, to);
      case OpcodeTable.SUB -> Words.subtract(stack, sp, to, to);
      case OpcodeTable.DIV -> division.divide(stack, sp, to, to);
      case OpcodeTable.SDIV -> division.divideSigned(stack, sp, to, to);
      case OpcodeTable.MOD -> division.modulo(stack, sp, to, to);
      case OpcodeTable.SMOD -> division.moduloSigned(stack, sp, to, to);
      case OpcodeTable.ADDMOD -> division.addModulo(stack, sp + 4, sp, to, to);
      case OpcodeTable.MULMOD -> division.multiplyModulo(stack, sp + 4, sp, to, to);
      case OpcodeTable.SIGNEXTEND -> Arithmetic.signExtend(stack, sp + 4);
      case OpcodeTable.LT -> Words.set(stack, to, Words.compare(stack, sp, stack, to) < 0 ? 1 : 0);
      case OpcodeTable.GT -> Words.set(stack, to, Words.compare(stack, sp, stack, to) > 0 ? 1 : 0);
      case OpcodeTable.SLT ->
          Words.set(stack, to, Words.compareSigned(stack, sp, stack, to) < 0 ? 1 : 0);
      case OpcodeTable.SGT ->
          Words.set(stack, to, Words.compareSigned(stack, sp, stack, to) > 0 ? 1 : 0);
      case OpcodeTable.EQ -> Words.set(stack, to, Words.equal(stack, sp, stack, to) ? 1 : 0);
      case OpcodeTable.ISZERO -> Words.set(stack, to, Words.isZero(stack, to) ? 1 : 0);
      case OpcodeTable.AND -> Bitwise.and(stack, sp);
      case OpcodeTable.OR -> Bitwise.or(stack, sp);
      case OpcodeTable.XOR -> Bitwise.xor(stack, sp);
      case OpcodeTable.NOT -> Bitwise.not(stack, to);
      case OpcodeTable.BYTE -> Bitwise.byteAt(stack, sp + 4);
      case OpcodeTable.SHL -> Bitwise.shiftLeft(stack, sp + 4);
      case OpcodeTable.SHR -> Bitwise.shiftRight(stack, sp + 4);
      case OpcodeTable.SAR -> Bitwise.shiftRightSigned(stack, sp + 4);
      case OpcodeTable.CLZ -> Bitwise.countLeadingZeros(stack, sp);
      default -> throw new IllegalStateException("no computation: " + OpcodeTable.name(opcode));
    }
  }
}
