package io.rekindle.evm.interpreter;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Words;

/** Copies into memory, and KECCAK256 of a part of it. */
final class MemoryAccess {
  private MemoryAccess() {}

  static long mload(Memory memory, long[] stack, int sp, long gas) {
    long offset = Words.toLongSaturated(stack, sp - 4);
    long left = memory.grow(gas, offset, 32);
    if (left >= 0) {
      memory.load((int) offset, stack, sp - 4);
    }
    return left;
  }

  static long mstore(Memory memory, long[] stack, int sp, long gas) {
    long offset = Words.toLongSaturated(stack, sp - 4);
    long left = memory.grow(gas, offset, 32);
    if (left >= 0) {
      memory.store((int) offset, stack, sp - 8);
    }
    return left;
  }

  static long mstore8(Frame frame, int sp, long gas) {
    long offset = Words.toLongSaturated(frame.stack, sp - 4);
    long left = frame.memory.grow(gas, offset, 1);
    if (left >= 0) {
      frame.memory.storeByte((int) offset, frame.stack[sp - 8]);
    }
    return left;
  }

  /** MCOPY (EIP-5656). */
  static long mcopy(Frame frame, int sp, long gas) {
    long to = Words.toLongSaturated(frame.stack, sp - 4);
    long from = Words.toLongSaturated(frame.stack, sp - 8);
    long length = Words.toLongSaturated(frame.stack, sp - 12);
    long left = frame.memory.grow(gas, Math.max(to, from), length);
    left = chargeCopy(left, length);
    if (left >= 0 && length > 0) {
      frame.memory.move((int) to, (int) from, (int) length);
    }
    return left;
  }

  /** Charges by the word for a length that memory has already grown to. */
  private static long chargeCopy(long gas, long length) {
    return gas < 0 ? gas : gas - GasCosts.COPY_WORD * GasCosts.words(length);
  }

  /** The copies from a view of bytes: the stack holds memory offset, source offset, length. */
  private static long copy(Frame frame, int sp, long gas, byte[] source, int offset, int size) {
    long to = Words.toLongSaturated(frame.stack, sp - 4);
    long from = Words.toLongSaturated(frame.stack, sp - 8);
    long length = Words.toLongSaturated(frame.stack, sp - 12);
    long left = chargeCopy(frame.memory.grow(gas, to, length), length);
    if (left >= 0 && length > 0) {
      frame.memory.copyIn((int) to, (int) length, source, offset, size, from);
    }
    return left;
  }

  static long callDataCopy(Frame frame, int sp, long gas) {
    return copy(frame, sp, gas, frame.input, frame.inputOffset, frame.inputLength);
  }

  static long codeCopy(Frame frame, int sp, long gas) {
    return copy(frame, sp, gas, frame.code.padded(), 0, frame.code.size());
  }

  /** EXTCODECOPY: as the other copies, with the account on top. */
  static long externalCodeCopy(Machine machine, Frame frame, int sp, long gas) {
    JournalAccount account = machine.journal.account(frame.stack, sp - 4);
    long length = Words.toLongSaturated(frame.stack, sp - 16);
    long to = Words.toLongSaturated(frame.stack, sp - 8);
    // All gas first, so that the code is loaded only where it was paid for.
    long left = chargeCopy(frame.memory.grow(gas, to, length), length);
    left = left < 0 ? left : machine.access(account, left);
    if (left < 0) {
      return left;
    }
    Code code = machine.journal.code(account);
    if (length > 0) {
      long from = Words.toLongSaturated(frame.stack, sp - 12);
      frame.memory.copyIn((int) to, (int) length, code.padded(), 0, code.size(), from);
    }
    return left;
  }

  static long returnDataCopy(Frame frame, int sp, long gas) {
    long from = Words.toLongSaturated(frame.stack, sp - 8);
    long length = Words.toLongSaturated(frame.stack, sp - 12);
    int size = frame.returnDataLength;
    if (from > size || length > size - from) {
      return Fault.RETURN_DATA_OUT_OF_BOUNDS;
    }
    return copy(frame, sp, gas, frame.returnData, frame.returnDataOffset, size);
  }

  static long keccak256(Machine machine, Frame frame, int sp, long gas) {
    long offset = Words.toLongSaturated(frame.stack, sp - 4);
    long length = Words.toLongSaturated(frame.stack, sp - 8);
    long left = frame.memory.grow(gas, offset, length);
    if (left < 0) {
      return left;
    }
    left -= GasCosts.KECCAK256_WORD * GasCosts.words(length);
    if (left < 0) {
      return left;
    }
    int start = length == 0 ? 0 : (int) offset;
    Keccak256.hash(frame.memory.bytes(), start, (int) length, frame.stack, sp - 8);
    if (machine.observer != null) {
      Hash hash = Words.toHash(frame.stack, sp - 8);
      machine.observer.keccak(frame.memory.bytes(), start, (int) length, hash);
    }
    return left;
  }
}
