package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.ExecutionObserver.FrameKind;
import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Words;

/**
 * CALL, CALLCODE, DELEGATECALL and STATICCALL. A call either starts a frame, which the machine then
 * runs, or is over at once: not allowed, without code, or to a precompile.
 */
final class Calls {
  private Calls() {}

  /**
   * Executes a call from a frame whose program counter, gas and stack pointer are already those of
   * after the call; {@code sp} is the stack pointer of before.
   *
   * @return null where the machine's current frame goes on, or why the calling frame fails
   */
  static Halt call(Machine machine, Frame frame, int opcode, int sp) {
    long[] stack = frame.stack;
    FrameKind kind = kind(opcode);
    boolean hasValue = kind == FrameKind.CALL || kind == FrameKind.CALLCODE;
    boolean transfers = hasValue && !Words.isZero(stack, sp - 12);
    if (transfers && frame.isStatic && kind == FrameKind.CALL) {
      return Halt.STATIC_VIOLATION;
    }
    Frame callee = machine.frame(frame.depth + 1);
    callee.kind = kind;
    long gas = growMemory(frame, callee, stack, hasValue ? sp - 16 : sp - 12);
    if (gas < 0) {
      return Halt.OUT_OF_GAS;
    }
    JournalAccount target = machine.journal.account(stack, sp - 8);
    gas = machine.access(target, gas) - (transfers ? GasCosts.CALL_VALUE : 0);
    if (gas < 0) {
      return Halt.OUT_OF_GAS;
    }
    gas = resolveCode(machine, callee, target, gas);
    if (gas < 0) {
      return Halt.OUT_OF_GAS;
    }
    if (kind == FrameKind.CALL && makesAccount(machine, target, transfers)) {
      gas -= GasCosts.NEW_ACCOUNT;
    }
    long forwarded = forwarded(machine, Words.toLongSaturated(stack, sp - 4), gas);
    if (forwarded < 0) {
      return Halt.OUT_OF_GAS;
    }
    frame.gas = gas - forwarded;
    address(frame, callee, target, stack, sp - 12);
    begin(machine, frame, callee, transfers, forwarded + (transfers ? GasCosts.CALL_STIPEND : 0));
    return null;
  }

  private static FrameKind kind(int opcode) {
    return switch (opcode) {
      case OpcodeTable.CALL -> FrameKind.CALL;
      case OpcodeTable.CALLCODE -> FrameKind.CALLCODE;
      case OpcodeTable.DELEGATECALL -> FrameKind.DELEGATECALL;
      default -> FrameKind.STATICCALL;
    };
  }

  /** Grows the caller's memory over input and output, and gives the callee their places. */
  private static long growMemory(Frame frame, Frame callee, long[] stack, int ranges) {
    long inputOffset = Words.toLongSaturated(stack, ranges);
    long inputLength = Words.toLongSaturated(stack, ranges - 4);
    long resultOffset = Words.toLongSaturated(stack, ranges - 8);
    long resultLength = Words.toLongSaturated(stack, ranges - 12);
    long gas = frame.memory.grow(frame.gas, inputOffset, inputLength);
    if (gas >= 0) {
      gas = frame.memory.grow(gas, resultOffset, resultLength);
    }
    if (gas >= 0) {
      int from = inputLength == 0 ? 0 : (int) inputOffset;
      callee.input(frame.memory.bytes(), from, (int) inputLength);
      callee.result(resultLength == 0 ? 0 : (int) resultOffset, (int) resultLength);
    }
    return gas;
  }

  /**
   * Finds what runs: a precompile, the account's code, or that of its delegate (EIP-7702), whose
   * access is charged. A precompile as a delegate counts as an account without code.
   */
  private static long resolveCode(Machine machine, Frame callee, JournalAccount target, long gas) {
    callee.codeAccount = target;
    callee.code = Code.EMPTY;
    callee.precompile = machine.precompileAt(target);
    if (callee.precompile != null) {
      return gas;
    }
    Journal journal = machine.journal;
    Code code = journal.code(target);
    long left = gas;
    if (machine.fork.delegations() && code.isDelegation()) {
      JournalAccount delegate = journal.account(code.delegate());
      left -= journal.warm(delegate) ? GasCosts.WARM_ACCESS : GasCosts.COLD_ACCOUNT;
      if (left < 0) {
        return left;
      }
      callee.codeAccount = delegate;
      code = machine.precompileAt(delegate) == null ? journal.code(delegate) : Code.EMPTY;
    }
    callee.code = code;
    return left;
  }

  private static boolean makesAccount(Machine machine, JournalAccount target, boolean transfers) {
    return machine.fork.clearsEmptyAccounts()
        ? transfers && machine.journal.isDead(target)
        : !machine.journal.exists(target);
  }

  /** The gas that the callee gets of what is left, or a negative number where it is not there. */
  private static long forwarded(Machine machine, long requested, long gas) {
    if (gas < 0) {
      return gas;
    }
    if (machine.fork.allButOne64th()) {
      return Math.min(requested, gas - (gas >>> 6));
    }
    return requested <= gas ? requested : Fault.OUT_OF_GAS;
  }

  /** Says who calls whom with what value. */
  private static void address(
      Frame frame, Frame callee, JournalAccount target, long[] stack, int value) {
    callee.isStatic = frame.isStatic || callee.kind == FrameKind.STATICCALL;
    callee.self = target;
    callee.caller = frame.self.address();
    switch (callee.kind) {
      case CALL -> Words.copy(stack, value, callee.value, 0);
      case CALLCODE -> {
        Words.copy(stack, value, callee.value, 0);
        callee.self = frame.self;
      }
      case DELEGATECALL -> {
        Words.copy(frame.value, 0, callee.value, 0);
        callee.self = frame.self;
        callee.caller = frame.caller;
      }
      default -> Words.set(callee.value, 0, 0);
    }
  }

  private static void begin(
      Machine machine, Frame frame, Frame callee, boolean transfers, long gas) {
    Journal journal = machine.journal;
    frame.clearReturnData();
    Words.set(frame.stack, frame.sp - 4, 0);
    if (frame.depth == Machine.DEPTH_LIMIT
        || (transfers && !journal.hasFunds(frame.self, callee.value, 0))) {
      frame.gas += gas;
      return;
    }
    callee.start(gas, journal.checkpoint());
    journal.touch(callee.self);
    if (transfers && callee.kind == FrameKind.CALL) {
      journal.subtractBalance(frame.self, callee.value, 0);
      journal.addBalance(callee.self, callee.value, 0);
    }
    if (machine.observer != null) {
      machine.observeEnter(callee);
    }
    if (callee.precompile != null) {
      Halt halt = runPrecompile(callee);
      Endings.ofCall(machine, frame, callee, halt);
    } else if (callee.code.isEmpty()) {
      Endings.ofCall(machine, frame, callee, Halt.NONE);
    } else {
      machine.current = callee;
    }
  }

  /** Runs the frame's precompile on its input and gas. */
  static Halt runPrecompile(Frame frame) {
    Precompile precompile = frame.precompile;
    byte[] input = frame.inputCopy();
    long cost = precompile.gas(input);
    if (cost > frame.gas) {
      return Halt.OUT_OF_GAS;
    }
    frame.gas -= cost;
    byte[] output = precompile.run(input);
    if (output == null) {
      return Halt.PRECOMPILE_FAILURE;
    }
    frame.output(output, 0, output.length);
    return Halt.NONE;
  }
}
