package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.ExecutionObserver.FrameKind;
import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.engine.Message;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.engine.TransactionContext;
import io.rekindle.evm.precompile.Precompiles;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;

/**
 * The default engine: interprets EVM code of every fork. Nested calls take frames of its own, not
 * of Java's stack, so that any thread can run any depth. Keeps its buffers between messages; one
 * engine a thread.
 *
 * <p>The value of a top-level message is taken from the caller without a question: transaction
 * processing has asked before.
 */
public final class Interpreter implements EvmEngine {
  private final Machine machine = new Machine();

  @Override
  public String name() {
    return "rekindle";
  }

  @Override
  public MessageResult execute(
      Message message, Journal journal, BlockContext block, TransactionContext transaction) {
    machine.begin(journal, block, transaction, Precompiles.of(block.fork()));
    Frame frame = machine.frame(0);
    address(frame, message);
    frame.start(message.gas(), journal.checkpoint());
    if (machine.observer != null) {
      machine.observeEnter(frame);
    }
    Halt halt;
    if (message.create() && Creations.collides(journal, frame.self)) {
      halt = Halt.CREATE_COLLISION;
    } else {
      transfer(frame, message);
      halt = frame.precompile == null ? run(frame) : Calls.runPrecompile(frame);
      if (message.create() && halt == Halt.NONE) {
        halt = Endings.deposit(machine, frame);
      }
    }
    Endings.settle(machine, frame, halt);
    // The code that a creation deployed is in the state; the result does not repeat it.
    boolean deployed = message.create() && halt == Halt.NONE;
    return new MessageResult(halt, frame.gas, deployed ? Frame.NO_BYTES : frame.outputCopy());
  }

  private void address(Frame frame, Message message) {
    frame.kind = message.create() ? FrameKind.CREATE : FrameKind.CALL;
    frame.isStatic = false;
    frame.self = machine.journal.account(message.recipient());
    frame.codeAccount = machine.journal.account(message.codeAddress());
    frame.caller = message.caller();
    frame.code = message.code();
    frame.precompile = null;
    if (!message.create() && machine.precompileAt(frame.codeAccount) != null) {
      frame.code = Code.EMPTY;
      frame.precompile = message.delegated() ? null : machine.precompileAt(frame.codeAccount);
    }
    message.value().toLimbs(frame.value, 0);
    frame.input(message.input(), 0, message.input().length);
  }

  private void transfer(Frame frame, Message message) {
    Journal journal = machine.journal;
    if (message.create()) {
      Creations.open(machine, frame);
    }
    journal.touch(frame.self);
    if (!message.value().isZero()) {
      journal.subtractBalance(journal.account(message.caller()), message.value());
      journal.addBalance(frame.self, message.value());
    }
  }

  /** Runs the frame and all that it calls, to its end. */
  private Halt run(Frame first) {
    if (first.code.isEmpty()) {
      return Halt.NONE;
    }
    machine.current = first;
    while (true) {
      Frame frame = machine.current;
      Halt halt = Loop.run(machine, frame);
      if (halt == null) {
        halt = Departure.execute(machine, frame);
      }
      if (halt != null) {
        if (frame == first) {
          return halt;
        }
        Endings.of(machine, frame, halt);
      }
    }
  }
}
