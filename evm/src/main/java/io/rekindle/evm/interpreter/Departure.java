package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.word.Words;

/** The opcodes that leave a frame: for good, or until a call or a creation is over. */
final class Departure {
  private Departure() {}

  /**
   * Executes the opcode that the loop stopped at. The frame's program counter, stack pointer and
   * gas are those of after it, its base gas being charged.
   *
   * @return how the frame ended, with gas and output in it; or null where the machine's current
   *     frame is to go on, which is another one after a call
   */
  static Halt execute(Machine machine, Frame frame) {
    int opcode = frame.opcode;
    int sp = frame.sp - OpcodeTable.growth(machine.opcodes.packed()[opcode]);
    return switch (opcode) {
      case OpcodeTable.RETURN -> output(frame, sp, Halt.NONE);
      case OpcodeTable.REVERT -> output(frame, sp, Halt.REVERT);
      case OpcodeTable.SELFDESTRUCT ->
          end(frame, Destruction.selfDestruct(machine, frame, sp, frame.gas), Halt.NONE);
      case OpcodeTable.CREATE, OpcodeTable.CREATE2 -> Creations.create(machine, frame, opcode, sp);
      default -> Calls.call(machine, frame, opcode, sp);
    };
  }

  private static Halt output(Frame frame, int sp, Halt halt) {
    long offset = Words.toLongSaturated(frame.stack, sp - 4);
    long length = Words.toLongSaturated(frame.stack, sp - 8);
    long left = frame.memory.grow(frame.gas, offset, length);
    if (left >= 0) {
      frame.output(frame.memory.bytes(), length == 0 ? 0 : (int) offset, (int) length);
    }
    return end(frame, left, halt);
  }

  private static Halt end(Frame frame, long left, Halt halt) {
    if (left < 0) {
      return Fault.halt(left);
    }
    frame.gas = left;
    return halt;
  }
}
