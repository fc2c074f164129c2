package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.sidecar.SidecarBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The sidecars of a merged window's blocks, the same whatever the plan was. A partition records
 * what the EVM looked at with the values of its own state, which are right only in what had to be
 * learned; here every value is taken from the merged state at the unit's place.
 */
public final class WindowSidecars {
  private WindowSidecars() {}

  /**
   * @param units of the window, in chain order
   * @param window without an invalid unit
   * @param snapshot the state that the window started from
   * @return one for each block that has units, in order
   */
  public static List<Sidecar> of(
      List<? extends Unit> units, MergedWindow window, StateReader snapshot) {
    if (window.invalidUnit() >= 0) {
      throw new IllegalArgumentException(
          UnitNames.of(units.get(window.invalidUnit())) + " is invalid: no block, no sidecar");
    }
    List<Sidecar> sidecars = new ArrayList<>();
    OverlayState before = new OverlayState(snapshot);
    SidecarBuilder block = new SidecarBuilder(before);
    int blockStart = 0;
    for (int i = 0; i < window.runs().size(); i++) {
      Outcome outcome = window.runs().get(i).outcome();
      Unit unit = units.get(i);
      Address sender =
          unit instanceof Unit.TransactionUnit transaction ? transaction.sender() : null;
      ReadSet reads = withValuesOf(outcome.reads(), sender, block.state());
      block.add(unit.blockAccessIndex(), reads, outcome.writes());
      if (i + 1 == window.runs().size() || number(units.get(i + 1)) != number(unit)) {
        sidecars.add(block.build());
        for (UnitRun run : window.runs().subList(blockStart, i + 1)) {
          before.apply(run.outcome().writes());
        }
        blockStart = i + 1;
        block = new SidecarBuilder(before);
      }
    }
    return sidecars;
  }

  private static long number(Unit unit) {
    return unit.block().context().number();
  }

  private static ReadSet withValuesOf(ReadSet reads, Address sender, StateReader state) {
    List<AccountReads> list = new ArrayList<>(reads.accounts().size());
    for (AccountReads account : reads.accounts()) {
      // The nonce of a sender is one that speculation can assume, whoever executed the unit last.
      int mark = account.address().equals(sender) ? AccountReads.NONCE_ASSUMED : 0;
      list.add(withValuesOf(account, mark, state));
    }
    return new ReadSet(list);
  }

  private static AccountReads withValuesOf(AccountReads reads, int mark, StateReader state) {
    if ((reads.kinds() | reads.rawKinds()) == 0) {
      return reads;
    }
    Account found = state.account(reads.address());
    Account account = found == null ? Account.EMPTY : found;
    return new AccountReads(
        reads.address(),
        canonical(reads, account) | mark,
        reads.rawKinds(),
        account.balance(),
        reads.balanceAtLeast(),
        reads.balanceBelow(),
        account.nonce(),
        account.codeHash(),
        reads.dead(),
        reads.exists(),
        reads.hasStorage(),
        reads.slots(),
        reads.values());
  }

  /**
   * The kinds that an execution on the merged state learns. Whether an account is dead is told by
   * its code where it has any: a partition that did not see the code yet learned no more than that
   * the account is not dead.
   */
  private static int canonical(AccountReads reads, Account account) {
    int kinds = reads.kinds() & ~AccountReads.SPECULATION;
    boolean codeTells = !account.codeHash().equals(Account.EMPTY.codeHash());
    return reads.has(AccountReads.DEAD) && codeTells
        ? (kinds & ~AccountReads.DEAD) | AccountReads.CODE
        : kinds;
  }
}
