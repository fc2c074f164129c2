package io.rekindle.evm.engine;

import io.rekindle.evm.state.Journal;

/**
 * The seam for interpreters: runs one top-level message, nested calls included, over a journal.
 * Transaction processing has by then validated the transaction, charged intrinsic gas, raised the
 * sender's nonce and filled the access list. The engine transfers the message's value, runs
 * precompiles and code, checks and charges the code deposit of a creation (collision included), and
 * rolls the journal back to where it stood where the message fails. Refunds collect in the journal.
 *
 * <p>An engine may keep buffers between messages; it is used by one thread at a time.
 */
public interface EvmEngine {
  /** The name by which a user chooses the engine. */
  String name();

  MessageResult execute(
      Message message, Journal journal, BlockContext block, TransactionContext transaction);
}
