package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.engine.TransactionContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.Precompiles;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Division;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * What all frames of a message share: the journal, the contexts, the fork's tables, and the frames
 * by depth. Kept from message to message.
 */
final class Machine {
  /** Nested calls at most. */
  static final int DEPTH_LIMIT = 1024;

  final Division division = new Division();

  private Frame[] frames = new Frame[16];

  /** The frame that runs now or next. */
  Frame current;

  Fork fork;
  OpcodeTable opcodes;
  Precompiles precompiles;
  Journal journal;
  BlockContext block;
  TransactionContext transaction;
  ExecutionObserver observer;

  /** Starts a message. */
  void begin(
      Journal newJournal, BlockContext newBlock, TransactionContext newTransaction, Precompiles p) {
    if (fork != newBlock.fork()) {
      fork = newBlock.fork();
      opcodes = new OpcodeTable(fork);
    }
    precompiles = p;
    journal = newJournal;
    block = newBlock;
    transaction = newTransaction;
    observer = newTransaction.observer();
    current = null;
  }

  /** The frame of a depth, not yet started. */
  Frame frame(int depth) {
    if (depth >= frames.length) {
      frames = Arrays.copyOf(frames, 2 * frames.length);
    }
    Frame frame = frames[depth];
    if (frame == null) {
      frame = new Frame(depth);
      frames[depth] = frame;
    }
    return frame;
  }

  Frame caller(Frame frame) {
    return frame.depth == 0 ? null : frames[frame.depth - 1];
  }

  /** The precompile at the account's address, or null. */
  Precompile precompileAt(JournalAccount account) {
    return precompiles.at(account.address());
  }

  /**
   * Charges for access to an account beyond its warm cost, and makes it warm (EIP-2929).
   *
   * @return the gas left, negative where it does not suffice
   */
  long access(JournalAccount account, long gas) {
    if (!fork.accessLists() || journal.warm(account)) {
      return gas;
    }
    return gas - GasCosts.COLD_ACCOUNT_SURCHARGE;
  }

  /** Tells the observer, which there is, that a frame starts. */
  void observeEnter(Frame frame) {
    boolean hasCode = frame.precompile == null && !frame.code.isEmpty();
    observer.enter(
        frame.kind,
        frame.depth,
        frame.caller,
        frame.self.address(),
        frame.codeAccount.address(),
        hasCode ? frame.code.hash() : null,
        UInt256.ofLimbs(frame.value, 0),
        frame.isCreation() ? frame.code.bytes() : frame.inputCopy(),
        frame.gas);
  }
}
