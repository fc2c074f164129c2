package io.rekindle.evm.interpreter;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.UInt256;

/** SELFDESTRUCT, with the gas and refund of each fork and the limits of EIP-6780. */
final class Destruction {
  private Destruction() {}

  static long selfDestruct(Machine machine, Frame frame, int sp, long gas) {
    if (frame.isStatic) {
      return Fault.STATIC_VIOLATION;
    }
    Journal journal = machine.journal;
    Fork fork = machine.fork;
    JournalAccount self = frame.self;
    JournalAccount beneficiary = journal.account(frame.stack, sp - 4);
    long left = gas;
    if (fork.accessLists() && !journal.warm(beneficiary)) {
      left -= GasCosts.COLD_ACCOUNT;
    }
    if (left < 0) {
      return left;
    }
    UInt256 balance = journal.balance(self);
    if (makesAccount(journal, fork, beneficiary, balance)) {
      left -= fork.selfDestructNewAccountGas();
      if (left < 0) {
        return left;
      }
    }
    destroy(journal, fork, self, beneficiary, balance);
    if (machine.observer != null) {
      machine.observer.selfDestruct(self.address(), beneficiary.address(), balance);
    }
    return left;
  }

  private static boolean makesAccount(
      Journal journal, Fork fork, JournalAccount beneficiary, UInt256 balance) {
    if (fork.selfDestructNewAccountGas() == 0) {
      return false;
    }
    return fork.clearsEmptyAccounts()
        ? !balance.isZero() && journal.isDead(beneficiary)
        : !journal.exists(beneficiary);
  }

  private static void destroy(
      Journal journal, Fork fork, JournalAccount self, JournalAccount heir, UInt256 balance) {
    boolean deletes = !fork.selfDestructOnlyCreated() || self.createdInUnit();
    if (heir != self) {
      journal.addBalance(heir, balance);
      journal.subtractBalance(self, balance);
    } else {
      journal.touch(self);
      if (deletes) {
        // What is left to oneself is burnt.
        journal.subtractBalance(self, balance);
      }
    }
    if (deletes && !journal.markDestroyed(self) && fork.selfDestructRefund() != 0) {
      journal.addRefund(fork.selfDestructRefund());
    }
  }
}
