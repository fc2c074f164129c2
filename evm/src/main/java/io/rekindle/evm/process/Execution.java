package io.rekindle.evm.process;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.Message;
import io.rekindle.evm.precompile.Precompiles;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/** The third phase of a transaction: the message that the engine runs. */
final class Execution {
  private static final byte[] NO_INPUT = {};

  private Execution() {}

  /**
   * The message of a transaction.
   *
   * @param target the account called or created
   */
  static Message message(
      Journal journal, BlockContext block, Unit.TransactionUnit unit, Address target, long gas) {
    Transaction transaction = unit.transaction();
    if (transaction.isCreate()) {
      return new Message(
          true,
          unit.sender(),
          target,
          target,
          false,
          Code.unhashed(transaction.input()),
          transaction.value(),
          NO_INPUT,
          gas);
    }
    return call(
        journal, block, unit.sender(), target, transaction.value(), transaction.input(), gas);
  }

  /** A call, with the delegation of its target resolved (EIP-7702), which warms the delegate. */
  static Message call(
      Journal journal,
      BlockContext block,
      Address caller,
      Address target,
      UInt256 value,
      byte[] input,
      long gas) {
    Code code = Code.EMPTY;
    Address codeAddress = target;
    boolean delegated = false;
    if (Precompiles.of(block.fork()).at(target) == null) {
      code = journal.code(journal.account(target));
      // Such code cannot exist before EIP-7702: EIP-3541 forbids its deployment.
      delegated = code.isDelegation();
    }
    if (delegated) {
      codeAddress = code.delegate();
      JournalAccount delegate = journal.account(codeAddress);
      journal.warm(delegate);
      code = journal.code(delegate);
    }
    return new Message(false, caller, target, codeAddress, delegated, code, value, input, gas);
  }
}
