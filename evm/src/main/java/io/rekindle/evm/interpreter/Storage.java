package io.rekindle.evm.interpreter;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.fork.SstoreRule;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.word.Words;

/** SLOAD and SSTORE under the rules of each fork, and transient storage (EIP-1153). */
final class Storage {
  private Storage() {}

  static long sload(Machine machine, Frame frame, int sp, long gas) {
    Journal journal = machine.journal;
    int slot = journal.slot(frame.self, frame.stack, sp - 4);
    long left = gas;
    if (machine.fork.accessLists() && !journal.warmSlot(slot)) {
      left -= GasCosts.COLD_SLOT_SURCHARGE;
      if (left < 0) {
        return left;
      }
    }
    Words.copy(journal.slotValues(slot), 4 * slot, frame.stack, sp - 4);
    return left;
  }

  static long sstore(Machine machine, Frame frame, int sp, long gas) {
    if (frame.isStatic) {
      return Fault.STATIC_VIOLATION;
    }
    SstoreRule rule = machine.fork.sstoreRule();
    boolean hasSentry = rule == SstoreRule.EIP_2200 || rule == SstoreRule.EIP_2929;
    if (hasSentry && gas <= GasCosts.CALL_STIPEND) {
      return Fault.OUT_OF_GAS;
    }
    Journal journal = machine.journal;
    long[] stack = frame.stack;
    int slot = journal.slot(frame.self, stack, sp - 4);
    long left = gas;
    if (rule == SstoreRule.EIP_2929 && !journal.warmSlot(slot)) {
      left -= GasCosts.COLD_SLOT;
    }
    left =
        rule == SstoreRule.ORIGINAL
            ? chargeByChange(machine, frame, slot, sp, left)
            : chargeNet(machine, frame, slot, sp, left);
    if (left >= 0 && !Words.equal(journal.slotValues(slot), 4 * slot, stack, sp - 8)) {
      journal.store(slot, stack, sp - 8);
    }
    return left;
  }

  /** Yellow Paper before Constantinople, and Petersburg. */
  private static long chargeByChange(Machine machine, Frame frame, int slot, int sp, long gas) {
    // The least that any store costs comes before the load.
    if (gas < GasCosts.SSTORE_RESET) {
      return Fault.OUT_OF_GAS;
    }
    boolean wasZero = Words.isZero(machine.journal.slotValues(slot), 4 * slot);
    boolean becomesZero = Words.isZero(frame.stack, sp - 8);
    if (wasZero && !becomesZero) {
      return gas - GasCosts.SSTORE_SET;
    }
    if (!wasZero && becomesZero) {
      machine.journal.addRefund(machine.fork.sstoreClearRefund());
    }
    return gas - GasCosts.SSTORE_RESET;
  }

  /** Net metering: EIP-1283, EIP-2200, EIP-2929 with EIP-3529, which differ in amounts alone. */
  private static long chargeNet(Machine machine, Frame frame, int slot, int sp, long gas) {
    Journal journal = machine.journal;
    Fork fork = machine.fork;
    long[] stack = frame.stack;
    int at = 4 * slot;
    int next = sp - 8;
    int noop = fork.sloadGas();
    if (gas < noop) {
      return Fault.OUT_OF_GAS;
    }
    long[] current = journal.slotValues(slot);
    if (Words.equal(current, at, stack, next)) {
      return gas - noop;
    }
    long[] original = journal.slotOriginals(slot);
    boolean originalZero = Words.isZero(original, at);
    int reset = resetGas(fork);
    if (Words.equal(original, at, current, at)) {
      if (originalZero) {
        return gas - GasCosts.SSTORE_SET;
      }
      if (Words.isZero(stack, next)) {
        journal.addRefund(fork.sstoreClearRefund());
      }
      return gas - reset;
    }
    long refund = 0;
    if (!originalZero) {
      if (Words.isZero(current, at)) {
        refund -= fork.sstoreClearRefund();
      } else if (Words.isZero(stack, next)) {
        refund += fork.sstoreClearRefund();
      }
    }
    if (Words.equal(original, at, stack, next)) {
      refund += (originalZero ? GasCosts.SSTORE_SET : reset) - noop;
    }
    if (refund != 0) {
      journal.addRefund(refund);
    }
    return gas - noop;
  }

  private static int resetGas(Fork fork) {
    return fork.sstoreRule() == SstoreRule.EIP_2929
        ? GasCosts.SSTORE_RESET - GasCosts.COLD_SLOT
        : GasCosts.SSTORE_RESET;
  }

  static long tload(Machine machine, Frame frame, int sp, long gas) {
    machine.journal.loadTransient(frame.self, frame.stack, sp - 4, frame.stack, sp - 4);
    return gas;
  }

  static long tstore(Machine machine, Frame frame, int sp, long gas) {
    if (frame.isStatic) {
      return Fault.STATIC_VIOLATION;
    }
    machine.journal.storeTransient(frame.self, frame.stack, sp - 4, frame.stack, sp - 8);
    return gas;
  }
}
