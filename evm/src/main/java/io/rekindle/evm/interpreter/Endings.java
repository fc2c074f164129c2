package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Words;

/** What happens when a frame ends: roll back or keep, deposit code, hand gas and output back. */
final class Endings {
  private Endings() {}

  /** Ends a frame that was not the first, whatever its kind, and resumes its caller. */
  static void of(Machine machine, Frame callee, Halt halt) {
    Frame caller = machine.caller(callee);
    if (callee.isCreation()) {
      ofCreation(machine, caller, callee, halt);
    } else {
      ofCall(machine, caller, callee, halt);
    }
    machine.current = caller;
  }

  /** Ends a call: the result word of the caller's stack is zero until here. */
  static void ofCall(Machine machine, Frame caller, Frame callee, Halt halt) {
    settle(machine, callee, halt);
    caller.gas += callee.gas;
    if (halt == Halt.NONE) {
      caller.stack[caller.sp - 4] = 1;
    }
    int length = callee.outputLength;
    if (length > 0) {
      caller.returnData(callee.output, callee.outputOffset, length);
      int copied = Math.min(length, callee.resultLength);
      if (copied > 0) {
        byte[] memory = caller.memory.bytes();
        System.arraycopy(callee.output, callee.outputOffset, memory, callee.resultOffset, copied);
      }
    }
  }

  private static void ofCreation(Machine machine, Frame caller, Frame callee, Halt halt) {
    Halt verdict = halt == Halt.NONE ? deposit(machine, callee) : halt;
    settle(machine, callee, verdict);
    caller.gas += callee.gas;
    if (verdict == Halt.NONE) {
      Words.ofAddress(callee.self.address(), caller.stack, caller.sp - 4);
    } else if (callee.outputLength > 0) {
      caller.returnData(callee.output, callee.outputOffset, callee.outputLength);
    }
  }

  /** Rolls back what a failed frame did, and takes its gas and output unless it reverted. */
  static void settle(Machine machine, Frame frame, Halt halt) {
    if (halt != Halt.NONE) {
      machine.journal.rollback(frame.checkpoint);
      if (halt != Halt.REVERT) {
        frame.gas = 0;
        frame.output(Frame.NO_BYTES, 0, 0);
      }
    }
    if (machine.observer != null) {
      machine.observer.exit(halt, frame.gasAtStart - frame.gas, frame.outputCopy());
    }
  }

  /** Charges for and stores the code that a creation returned (EIP-2, 170, 3541). */
  static Halt deposit(Machine machine, Frame frame) {
    Fork fork = machine.fork;
    int length = frame.outputLength;
    if (length > 0 && fork.rejectsEfCode() && frame.output[frame.outputOffset] == (byte) 0xef) {
      return Halt.CODE_STARTS_WITH_EF;
    }
    long left = frame.gas - (long) GasCosts.CODE_DEPOSIT_BYTE * length;
    if (left < 0) {
      if (fork.createDepositMustBePaid()) {
        return Halt.OUT_OF_GAS;
      }
      // Frontier: the contract is made all the same, without code and for free.
      frame.output(Frame.NO_BYTES, 0, 0);
      return Halt.NONE;
    }
    if (length > fork.maxCodeSize()) {
      return Halt.CODE_TOO_LARGE;
    }
    frame.gas = left;
    if (length > 0) {
      machine.journal.setCode(frame.self, Code.of(frame.outputCopy()));
    }
    return Halt.NONE;
  }
}
