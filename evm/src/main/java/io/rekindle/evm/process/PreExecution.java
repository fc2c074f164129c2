package io.rekindle.evm.process;

import io.rekindle.evm.chain.AccessListEntry;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.precompile.Precompiles;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * The second phase of a transaction, which no failure undoes: the sender's nonce rises and its gas
 * is bought, and the access list is filled (EIP-2929, EIP-2930, EIP-3651). Delegations (EIP-7702)
 * belong to it too, in {@link Delegations}.
 */
final class PreExecution {
  private PreExecution() {}

  static void buyGas(
      Journal journal, JournalAccount sender, Transaction transaction, Charge charge) {
    journal.setNonce(sender, transaction.nonce() + 1);
    journal.subtractBalance(sender, charge.upfront());
  }

  /** Warms what starts warm; {@code target} is the account called or created. */
  static void fillAccessList(
      Journal journal, JournalAccount sender, Address target, Unit.TransactionUnit unit) {
    BlockContext block = unit.block().context();
    Fork fork = block.fork();
    if (!fork.accessLists()) {
      return;
    }
    journal.warm(sender);
    journal.warm(journal.account(target));
    for (Address precompile : Precompiles.of(fork).addresses()) {
      journal.warm(journal.account(precompile));
    }
    if (fork.warmCoinbase()) {
      journal.warm(journal.account(block.coinbase()));
    }
    for (AccessListEntry entry : unit.transaction().accessList()) {
      JournalAccount account = journal.account(entry.address());
      journal.warm(account);
      for (UInt256 slot : entry.slots()) {
        journal.warmSlot(journal.slot(account, slot));
      }
    }
  }
}
