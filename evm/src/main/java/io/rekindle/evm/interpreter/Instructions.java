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
    long[] stack = frame.stack;
    switch (opcode) {
      case OpcodeTable.EXP -> {
        return Arithmetic.exp(machine, frame, sp, gas);
      }
      case OpcodeTable.KECCAK256 -> {
        return MemoryAccess.keccak256(machine, frame, sp, gas);
      }
      case OpcodeTable.ADDRESS -> Words.ofAddress(frame.self.address(), stack, sp);
      case OpcodeTable.BALANCE -> {
        return Environment.balance(machine, frame, sp, gas);
      }
      case OpcodeTable.ORIGIN -> Words.ofAddress(machine.transaction.origin(), stack, sp);
      case OpcodeTable.CALLER -> Words.ofAddress(frame.caller, stack, sp);
      case OpcodeTable.CALLVALUE -> Words.copy(frame.value, 0, stack, sp);
      case OpcodeTable.CALLDATALOAD -> Environment.callDataLoad(stack, frame, sp);
      case OpcodeTable.CALLDATASIZE -> Words.set(stack, sp, frame.inputLength);
      case OpcodeTable.CALLDATACOPY -> {
        return MemoryAccess.callDataCopy(frame, sp, gas);
      }
      case OpcodeTable.CODESIZE -> Words.set(stack, sp, frame.code.size());
      case OpcodeTable.CODECOPY -> {
        return MemoryAccess.codeCopy(frame, sp, gas);
      }
      case OpcodeTable.GASPRICE -> machine.transaction.gasPrice().toLimbs(stack, sp);
      case OpcodeTable.EXTCODESIZE -> {
        return Environment.externalCodeSize(machine, frame, sp, gas);
      }
      case OpcodeTable.EXTCODECOPY -> {
        return MemoryAccess.externalCodeCopy(machine, frame, sp, gas);
      }
      case OpcodeTable.RETURNDATASIZE -> Words.set(stack, sp, frame.returnDataLength);
      case OpcodeTable.RETURNDATACOPY -> {
        return MemoryAccess.returnDataCopy(frame, sp, gas);
      }
      case OpcodeTable.EXTCODEHASH -> {
        return Environment.externalCodeHash(machine, frame, sp, gas);
      }
      case OpcodeTable.MLOAD -> {
        return MemoryAccess.mload(frame.memory, stack, sp, gas);
      }
      case OpcodeTable.MSTORE -> {
        return MemoryAccess.mstore(frame.memory, stack, sp, gas);
      }
      case OpcodeTable.MSTORE8 -> {
        return MemoryAccess.mstore8(frame, sp, gas);
      }
      case OpcodeTable.SLOAD -> {
        return Storage.sload(machine, frame, sp, gas);
      }
      case OpcodeTable.SSTORE -> {
        return Storage.sstore(machine, frame, sp, gas);
      }
      case OpcodeTable.TLOAD -> {
        return Storage.tload(machine, frame, sp, gas);
      }
      case OpcodeTable.TSTORE -> {
        return Storage.tstore(machine, frame, sp, gas);
      }
      case OpcodeTable.MCOPY -> {
        return MemoryAccess.mcopy(frame, sp, gas);
      }
      case OpcodeTable.PC -> Words.set(stack, sp, pc);
      case OpcodeTable.MSIZE -> Words.set(stack, sp, frame.memory.size());
      case OpcodeTable.GAS -> Words.set(stack, sp, gas);
      case OpcodeTable.LOG0, 0xa1, 0xa2, 0xa3, OpcodeTable.LOG4 -> {
        return Logging.log(machine, frame, sp, gas, opcode - OpcodeTable.LOG0);
      }
      case OpcodeTable.SELFBALANCE -> machine.journal.balance(frame.self, stack, sp);
      default -> Environment.ofBlock(machine, frame, opcode, sp);
    }
    return gas;
  }
}
