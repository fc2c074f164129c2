package io.rekindle.evm.interpreter;

import io.rekindle.evm.word.Words;

/**
 * The opcodes that the loop does not execute itself, each handed to its topic. The caller has
 * checked the stack and charged the base gas, and moves the stack pointer and program counter on.
 * Here {@code sp} is the place of the next word to be pushed, in limbs: the top word is at {@code
 * sp - 4}.
 */
final class Instructions {
  private Instructions() {}

  /**
   * Executes one opcode.
   *
   * @return the gas left, or a negative number as in {@link Fault}
   */
  static long execute(Machine machine, Frame frame, int opcode, int pc, int sp, long gas) {
    if (opcode < OpcodeTable.KECCAK256) {
      return arithmetic(machine, frame, opcode, sp, gas);
    }
    if (opcode >= OpcodeTable.CALLDATACOPY && opcode != OpcodeTable.CODESIZE) {
      return memoryAndState(machine, frame, opcode, pc, sp, gas);
    }
    return environment(machine, frame, opcode, pc, sp, gas);
  }

  private static long arithmetic(Machine machine, Frame frame, int opcode, int sp, long gas) {
    long[] stack = frame.stack;
    int a = sp - 4;
    int b = sp - 8;
    int m = sp - 12;
    switch (opcode) {
      case OpcodeTable.DIV -> machine.division.divide(stack, a, b, b);
      case OpcodeTable.SDIV -> machine.division.divideSigned(stack, a, b, b);
      case OpcodeTable.MOD -> machine.division.modulo(stack, a, b, b);
      case OpcodeTable.SMOD -> machine.division.moduloSigned(stack, a, b, b);
      case OpcodeTable.ADDMOD -> machine.division.addModulo(stack, a, b, m, m);
      case OpcodeTable.MULMOD -> machine.division.multiplyModulo(stack, a, b, m, m);
      case OpcodeTable.SIGNEXTEND -> Arithmetic.signExtend(stack, sp);
      case OpcodeTable.BYTE -> Bitwise.byteAt(stack, sp);
      case OpcodeTable.SAR -> Bitwise.shiftRightSigned(stack, sp);
      case OpcodeTable.CLZ -> Bitwise.countLeadingZeros(stack, sp);
      case OpcodeTable.EXP -> {
        return Arithmetic.exp(machine, frame, sp, gas);
      }
      default -> throw unknown(opcode);
    }
    return gas;
  }

  private static long memoryAndState(
      Machine machine, Frame frame, int opcode, int pc, int sp, long gas) {
    return switch (opcode) {
      case OpcodeTable.CALLDATACOPY -> MemoryAccess.callDataCopy(frame, sp, gas);
      case OpcodeTable.CODECOPY -> MemoryAccess.codeCopy(frame, sp, gas);
      case OpcodeTable.EXTCODECOPY -> MemoryAccess.externalCodeCopy(machine, frame, sp, gas);
      case OpcodeTable.RETURNDATACOPY -> MemoryAccess.returnDataCopy(frame, sp, gas);
      case OpcodeTable.MSTORE8 -> MemoryAccess.mstore8(frame, sp, gas);
      case OpcodeTable.MCOPY -> MemoryAccess.mcopy(frame, sp, gas);
      case OpcodeTable.SSTORE -> Storage.sstore(machine, frame, sp, gas);
      case OpcodeTable.TLOAD -> Storage.tload(machine, frame, sp, gas);
      case OpcodeTable.TSTORE -> Storage.tstore(machine, frame, sp, gas);
      case OpcodeTable.LOG0, 0xa1, 0xa2, 0xa3, OpcodeTable.LOG4 ->
          Logging.log(machine, frame, sp, gas, opcode - OpcodeTable.LOG0);
      case OpcodeTable.EXTCODESIZE -> Environment.externalCodeSize(machine, frame, sp, gas);
      case OpcodeTable.EXTCODEHASH -> Environment.externalCodeHash(machine, frame, sp, gas);
      default -> environment(machine, frame, opcode, pc, sp, gas);
    };
  }

  private static long environment(
      Machine machine, Frame frame, int opcode, int pc, int sp, long gas) {
    long[] stack = frame.stack;
    switch (opcode) {
      case OpcodeTable.KECCAK256 -> {
        return MemoryAccess.keccak256(machine, frame, sp, gas);
      }
      case OpcodeTable.BALANCE -> {
        return Environment.balance(machine, frame, sp, gas);
      }
      case OpcodeTable.ADDRESS -> Words.ofAddress(frame.self.address(), stack, sp);
      case OpcodeTable.ORIGIN -> Words.ofAddress(machine.transaction.origin(), stack, sp);
      case OpcodeTable.CALLER -> Words.ofAddress(frame.caller, stack, sp);
      case OpcodeTable.CALLVALUE -> Words.copy(frame.value, 0, stack, sp);
      case OpcodeTable.CALLDATASIZE -> Words.set(stack, sp, frame.inputLength);
      case OpcodeTable.CODESIZE -> Words.set(stack, sp, frame.code.size());
      case OpcodeTable.GASPRICE -> machine.transaction.gasPrice().toLimbs(stack, sp);
      case OpcodeTable.RETURNDATASIZE -> Words.set(stack, sp, frame.returnDataLength);
      case OpcodeTable.BLOCKHASH -> Environment.blockHash(machine, frame, sp);
      case OpcodeTable.COINBASE -> Words.ofAddress(machine.block.coinbase(), stack, sp);
      case OpcodeTable.TIMESTAMP -> Words.set(stack, sp, machine.block.timestamp());
      case OpcodeTable.NUMBER -> Words.set(stack, sp, machine.block.number());
      case OpcodeTable.PREVRANDAO -> Environment.prevRandao(machine, frame, sp);
      case OpcodeTable.GASLIMIT -> Words.set(stack, sp, machine.block.gasLimit());
      case OpcodeTable.CHAINID -> machine.block.chainId().toLimbs(stack, sp);
      case OpcodeTable.SELFBALANCE -> machine.journal.balance(frame.self, stack, sp);
      case OpcodeTable.BASEFEE -> machine.block.baseFee().toLimbs(stack, sp);
      case OpcodeTable.BLOBHASH -> Environment.blobHash(machine, frame, sp);
      case OpcodeTable.BLOBBASEFEE -> machine.block.blobBaseFee().toLimbs(stack, sp);
      case OpcodeTable.PC -> Words.set(stack, sp, pc);
      case OpcodeTable.MSIZE -> Words.set(stack, sp, frame.memory.size());
      case OpcodeTable.GAS -> Words.set(stack, sp, gas);
      default -> throw unknown(opcode);
    }
    return gas;
  }

  private static IllegalStateException unknown(int opcode) {
    return new IllegalStateException("no handler for " + OpcodeTable.name(opcode));
  }
}
