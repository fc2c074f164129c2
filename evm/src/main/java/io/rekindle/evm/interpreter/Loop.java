package io.rekindle.evm.interpreter;

import static io.rekindle.evm.interpreter.OpcodeTable.growth;
import static io.rekindle.evm.interpreter.OpcodeTable.needed;

import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.word.Words;

/**
 * The interpreter's loop. The stack's bounds and the base gas are checked once an opcode, from the
 * table's packed row.
 *
 * <p>It executes itself only what moves words and the program counter; {@link Computation} and
 * {@link Instructions} do the rest. They are too large for HotSpot to inline, and that is their
 * point: what several opcodes have in common, such as the stack's places, the compiler computes
 * before the switch, for every opcode, and with all handlers in one method that was most of the
 * loop's time. It must also stay under 8,000 bytecodes, beyond which HotSpot would not compile it.
 *
 * <p>Where an opcode leaves the frame, for a call or for good, the loop returns, and {@link
 * Departure} goes on. Inlining a call's many small methods would use up what HotSpot allows the
 * loop (NodeCountInliningCutoff), and leave it without those that push, copy and jump.
 */
final class Loop {
  private static final int STACK_LIMBS = OpcodeTable.STACK_LIMIT * OpcodeTable.LIMBS;
  private static final int JUMPDEST_GAS = 1;

  private Loop() {}

  /**
   * Runs a frame until it stops, fails or comes to an opcode that leaves it.
   *
   * @return how it ended, with the gas in the frame; or null where {@link Departure} is to execute
   *     the opcode that the frame stopped at
   */
  static Halt run(Machine machine, Frame frame) {
    final long[] rows = machine.opcodes.packed();
    final long[] stack = frame.stack;
    final byte[] code = frame.code.padded();
    long[] jumps = null;
    int pc = frame.pc;
    int sp = frame.sp;
    long gas = frame.gas;
    while (true) {
      int opcode = code[pc] & 0xff;
      long row = rows[opcode];
      gas -= OpcodeTable.gas(row);
      int height = sp;
      sp += growth(row);
      // One branch for what seldom happens: a negative number among the three.
      if ((height - needed(row) | STACK_LIMBS - sp | (int) (gas >> 32)) < 0) {
        return refusal(machine, opcode, row, height, gas);
      }
      pc++;
      switch (opcode) {
        case OpcodeTable.STOP -> {
          frame.gas = gas;
          return Halt.NONE;
        }
        case OpcodeTable.POP, OpcodeTable.JUMPDEST -> {}
        case OpcodeTable.ADD,
            OpcodeTable.MUL,
            OpcodeTable.SUB,
            OpcodeTable.DIV,
            OpcodeTable.SDIV,
            OpcodeTable.MOD,
            OpcodeTable.SMOD,
            OpcodeTable.ADDMOD,
            OpcodeTable.MULMOD,
            OpcodeTable.SIGNEXTEND,
            OpcodeTable.LT,
            OpcodeTable.GT,
            OpcodeTable.SLT,
            OpcodeTable.SGT,
            OpcodeTable.EQ,
            OpcodeTable.ISZERO,
            OpcodeTable.AND,
            OpcodeTable.OR,
            OpcodeTable.XOR,
            OpcodeTable.NOT,
            OpcodeTable.BYTE,
            OpcodeTable.SHL,
            OpcodeTable.SHR,
            OpcodeTable.SAR,
            OpcodeTable.CLZ ->
            Computation.execute(machine.division, stack, sp, opcode);
        case OpcodeTable.JUMPI -> {
          if (!Words.isZero(stack, sp)) {
            if (jumps == null) {
              jumps = frame.code.jumpDestinations();
            }
            pc = target(stack, sp + 4, jumps);
            if (pc == 0) {
              return Halt.INVALID_JUMP;
            }
            gas -= JUMPDEST_GAS;
          }
        }
        case OpcodeTable.JUMP -> {
          if (jumps == null) {
            jumps = frame.code.jumpDestinations();
          }
          pc = target(stack, sp, jumps);
          if (pc == 0) {
            return Halt.INVALID_JUMP;
          }
          gas -= JUMPDEST_GAS;
        }

        case OpcodeTable.PUSH0 -> Words.set(stack, sp - 4, 0);
        case OpcodeTable.PUSH1 -> {
          Words.set(stack, sp - 4, code[pc] & 0xff);
          pc++;
        }
        case OpcodeTable.PUSH2 -> {
          Words.set(stack, sp - 4, (code[pc] & 0xff) << 8 | (code[pc + 1] & 0xff));
          pc += 2;
        }
        case 0x62, 0x63, 0x64, 0x65, 0x66, 0x67 -> {
          Words.set(stack, sp - 4, Words.longAt(code, pc) >>> (64 - 8 * (opcode - 0x5f)));
          pc += opcode - 0x5f;
        }
        case 0x68,
            0x69,
            0x6a,
            0x6b,
            0x6c,
            0x6d,
            0x6e,
            0x6f, //
            0x70,
            0x71,
            0x72,
            0x73,
            0x74,
            0x75,
            0x76,
            0x77, //
            0x78,
            0x79,
            0x7a,
            0x7b,
            0x7c,
            0x7d,
            0x7e,
            0x7f -> {
          pushWide(stack, sp - 4, code, pc, opcode - 0x5f);
          pc += opcode - 0x5f;
        }

        case 0x80,
            0x81,
            0x82,
            0x83,
            0x84,
            0x85,
            0x86,
            0x87, //
            0x88,
            0x89,
            0x8a,
            0x8b,
            0x8c,
            0x8d,
            0x8e,
            0x8f ->
            Words.copy(stack, sp - 4 * (opcode - 0x7e), stack, sp - 4);
        case 0x90,
            0x91,
            0x92,
            0x93,
            0x94,
            0x95,
            0x96,
            0x97, //
            0x98,
            0x99,
            0x9a,
            0x9b,
            0x9c,
            0x9d,
            0x9e,
            0x9f ->
            Words.swap(stack, sp - 4, sp - 4 * (opcode - 0x8e));

        case OpcodeTable.RETURN,
            OpcodeTable.REVERT,
            OpcodeTable.SELFDESTRUCT,
            OpcodeTable.CALL,
            OpcodeTable.CALLCODE,
            OpcodeTable.DELEGATECALL,
            OpcodeTable.STATICCALL,
            OpcodeTable.CREATE,
            OpcodeTable.CREATE2 -> {
          frame.stopAt(opcode, pc, sp, gas);
          return null;
        }
        default -> {
          gas = Instructions.execute(machine, frame, opcode, pc - 1, sp - growth(row), gas);
          if (gas < 0) {
            return Fault.halt(gas);
          }
        }
      }
    }
  }

  /** Why an opcode cannot be executed; an exceptional halt takes all gas whichever it is. */
  private static Halt refusal(Machine machine, int opcode, long row, int height, long gas) {
    if (gas + OpcodeTable.gas(row) < 0) {
      return Halt.OUT_OF_GAS;
    }
    if (!machine.opcodes.isDefined(opcode)) {
      return Halt.INVALID_OPCODE;
    }
    if (height < needed(row)) {
      return Halt.STACK_UNDERFLOW;
    }
    return height + growth(row) > STACK_LIMBS ? Halt.STACK_OVERFLOW : Halt.OUT_OF_GAS;
  }

  /**
   * The place behind the jump destination, or 0 where there is none. A jump executes the JUMPDEST
   * along with itself; where that gas is lacking, the next opcode finds it out.
   */
  private static int target(long[] stack, int at, long[] jumps) {
    long to = Words.toLongSaturated(stack, at);
    long word = to >>> 6;
    return word < jumps.length && (jumps[(int) word] >>> to & 1) != 0 ? (int) to + 1 : 0;
  }

  /** PUSH9 to PUSH32: limbs from the end, then what is left of the highest. */
  private static void pushWide(long[] stack, int at, byte[] code, int from, int bytes) {
    int end = from + bytes;
    long highest = Words.longAt(code, from) >>> (-8 * bytes & 63);
    long limb0 = Words.longAt(code, end - 8);
    if (bytes <= 16) {
      Words.set(stack, at, 0, 0, highest, limb0);
      return;
    }
    long limb1 = Words.longAt(code, end - 16);
    if (bytes <= 24) {
      Words.set(stack, at, 0, highest, limb1, limb0);
    } else {
      Words.set(stack, at, highest, Words.longAt(code, end - 24), limb1, limb0);
    }
  }
}
