package io.rekindle.evm.process;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.engine.Message;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.engine.TransactionContext;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * A call by the protocol itself: no fee, 30,000,000 gas that count in no sum, from the system
 * address (EIP-4788, EIP-2935, EIP-7002, EIP-7251).
 */
final class SystemCall {
  static final Address SYSTEM_ADDRESS = Address.ofHex("0xfffffffffffffffffffffffffffffffffffffffe");

  private static final long GAS = 30_000_000;

  private SystemCall() {}

  /** Runs the contract; null where it has no code, and then nothing happens. */
  static MessageResult run(
      Journal journal,
      EvmEngine engine,
      BlockContext block,
      Address contract,
      byte[] input,
      ExecutionObserver observer) {
    Code code = journal.code(journal.account(contract));
    if (code.isEmpty()) {
      return null;
    }
    journal.startMessage();
    Message message =
        new Message(
            false, SYSTEM_ADDRESS, contract, contract, false, code, UInt256.ZERO, input, GAS);
    TransactionContext context =
        new TransactionContext(SYSTEM_ADDRESS, block.baseFee(), List.of(), observer);
    return engine.execute(message, journal, block, context);
  }
}
