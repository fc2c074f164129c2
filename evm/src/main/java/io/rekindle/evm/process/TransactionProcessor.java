package io.rekindle.evm.process;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.engine.Message;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.engine.TransactionContext;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;

/**
 * A transaction in its four phases: {@link Validation}, {@link PreExecution}, {@link Execution},
 * {@link PostExecution}.
 */
final class TransactionProcessor {
  private TransactionProcessor() {}

  static UnitResult process(
      Journal journal,
      EvmEngine engine,
      AuthorityRecovery recovery,
      Unit.TransactionUnit unit,
      UnitExecutor.Mode mode,
      ExecutionObserver observer) {
    BlockContext block = unit.block().context();
    Transaction transaction = unit.transaction();

    IntrinsicGas intrinsic = IntrinsicGas.of(transaction, block.fork());
    UnitResult.Invalid invalid = Validation.ofForm(unit, intrinsic);
    if (invalid != null) {
      return invalid;
    }
    Charge charge = Charge.of(transaction, block);
    JournalAccount sender = journal.account(unit.sender());
    invalid = Validation.ofSender(journal, sender, transaction, charge, mode);
    if (invalid != null) {
      return invalid;
    }

    Address created =
        transaction.isCreate() ? ContractAddress.of(unit.sender(), transaction.nonce()) : null;
    Address target = created == null ? transaction.to() : created;
    PreExecution.buyGas(journal, sender, transaction, charge);
    PreExecution.fillAccessList(journal, sender, target, unit);
    Delegations.apply(journal, block, transaction.authorizations(), recovery);

    long gas = transaction.gasLimit() - intrinsic.gas();
    Message message = Execution.message(journal, block, unit, target, gas);
    TransactionContext context =
        new TransactionContext(
            unit.sender(), charge.gasPrice(), transaction.blobHashes(), observer);
    MessageResult result = engine.execute(message, journal, block, context);

    return PostExecution.settle(
        journal, block, sender, transaction.gasLimit(), intrinsic, charge, result, created);
  }
}
