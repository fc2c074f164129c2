package io.rekindle.partitioner;

import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.PriorityQueue;

/**
 * Executes a plan with the EVM, partition by partition on the window's start, and merges it in
 * chain order, running stale units again. The plain form of what the cluster does.
 */
final class PlanExecution {
  private PlanExecution() {}

  /**
   * @param makespan in gas: partitions on the cores, and then the re-runs
   * @param rerunGas of the units that were run again
   */
  record Result(long makespan, long rerunGas) {}

  static Result run(ExecutedWindow window, PartitionPlan plan, int cores) {
    UnitExecutor executor = new UnitExecutor(new Interpreter());
    Outcome[] speculated = new Outcome[window.units().size()];
    PriorityQueue<Long> ends = new PriorityQueue<>();
    long makespan = 0;
    for (int partition = 0; partition < plan.partitions(); partition++) {
      OverlayState own = new OverlayState(window.base());
      long end = ends.size() < cores ? 0 : ends.remove();
      for (int unit : plan.partition(partition)) {
        speculated[unit] = executor.execute(own, window.units().get(unit), Mode.SPECULATIVE);
        own.apply(speculated[unit].writes());
        end += gasOf(speculated[unit], window.gas()[unit]);
      }
      ends.add(end);
      makespan = Math.max(makespan, end);
    }
    long reruns = 0;
    OverlayState merged = new OverlayState(window.base());
    for (int unit = 0; unit < speculated.length; unit++) {
      Outcome outcome = speculated[unit];
      boolean executed = !(outcome.result() instanceof UnitResult.Invalid);
      if (!executed || !holds(outcome.reads(), merged)) {
        outcome = executor.execute(merged, window.units().get(unit), Mode.EXACT);
        reruns += window.gas()[unit];
      }
      if (gasOf(outcome, 1) != window.gas()[unit]) {
        throw new IllegalStateException("unit " + unit + " differs from serial execution");
      }
      merged.apply(outcome.writes());
    }
    return new Result(makespan + reruns, reruns);
  }

  private static long gasOf(Outcome outcome, long otherwise) {
    return outcome.result() instanceof UnitResult.Executed executed
        ? executed.gasUsed()
        : otherwise;
  }

  private static boolean holds(ReadSet reads, OverlayState state) {
    for (AccountReads read : reads.accounts()) {
      Account account = state.account(read.address());
      if (!accountHolds(read, account)) {
        return false;
      }
      if (read.has(AccountReads.HAS_STORAGE)
          && read.hasStorage() != state.hasStorage(read.address())) {
        return false;
      }
      for (int slot = 0; slot < read.slots().length; slot++) {
        if (!state.storage(read.address(), read.slots()[slot]).equals(read.values()[slot])) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean accountHolds(AccountReads read, Account account) {
    UInt256 balance = account == null ? UInt256.ZERO : account.balance();
    long nonce = account == null ? 0 : account.nonce();
    Hash code = account == null ? Code.EMPTY_HASH : account.codeHash();
    boolean dead = account == null || account.isEmpty();
    return (!read.has(AccountReads.BALANCE) || read.balance().equals(balance))
        && (!read.has(AccountReads.AT_LEAST) || balance.compareTo(read.balanceAtLeast()) >= 0)
        && (!read.has(AccountReads.BELOW) || balance.compareTo(read.balanceBelow()) < 0)
        && (!read.has(AccountReads.NONCE) || read.nonce() == nonce)
        && (!read.has(AccountReads.CODE) || read.codeHash().equals(code))
        && (!read.has(AccountReads.DEAD) || read.dead() == dead)
        && (!read.has(AccountReads.EXISTS) || read.exists() == (account != null));
  }
}
