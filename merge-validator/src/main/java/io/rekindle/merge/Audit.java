package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Mix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Executes a seeded share of a merged window's units once more, on the merged state at their place,
 * and compares. Where the state is partial no root tells of a faulty executor or a flipped bit in
 * memory; this does, with the probability of the share.
 */
public final class Audit {
  /** The default share: one unit in a thousand. */
  public static final double DEFAULT_SHARE = 0.001;

  private static final long DEFAULT_SEED = 1;

  private final UnitExecutor executor;
  private final double share;
  private final long seed;

  /** Of the default share. */
  public Audit(UnitExecutor executor) {
    this(executor, DEFAULT_SHARE, DEFAULT_SEED);
  }

  /**
   * @param share of units to execute again, 0..1
   * @param seed which units
   */
  public Audit(UnitExecutor executor, double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the audited share must be within 0..1: " + share);
    }
    this.executor = executor;
    this.share = share;
    this.seed = seed;
  }

  /**
   * A unit that gave something else when it was executed again.
   *
   * @param unit place in the window
   * @param part {@code result}, {@code writes} or {@code logs}
   */
  public record Difference(int unit, String name, String part) {}

  /**
   * @param audited how many units were executed again
   * @param differences those that gave something else
   */
  public record Report(int audited, List<Difference> differences) {
    /**
     * @throws AuditException where any unit gave something else
     */
    public void requireNoDifference() {
      if (!differences.isEmpty()) {
        Difference first = differences.get(0);
        throw new AuditException(
            first.name()
                + ": other "
                + first.part()
                + " when it was executed again ("
                + differences.size()
                + " of "
                + audited
                + " audited units differ): an executor or its memory is faulty");
      }
    }
  }

  /**
   * @param units of the window, in chain order
   * @param snapshot the state that the window started from
   */
  public Report run(List<? extends Unit> units, MergedWindow window, StateReader snapshot) {
    Set<Address> addresses = new HashSet<>();
    int last = -1;
    for (UnitRun run : window.runs()) {
      if (chosen(units.get(run.index()))) {
        addAddresses(run.outcome(), addresses);
        last = run.index();
      }
    }
    List<Difference> differences = new ArrayList<>();
    int audited = 0;
    // The merged state in the accounts that the chosen units read or write; no other is asked for.
    OverlayState state = new OverlayState(snapshot);
    for (int i = 0; i <= last; i++) {
      UnitRun run = window.runs().get(i);
      Unit unit = units.get(run.index());
      if (chosen(unit)) {
        audited++;
        Outcome again = executor.execute(state, unit, UnitExecutor.Mode.EXACT);
        String part = OutcomeComparison.firstDifference(run.outcome(), again);
        if (part != null) {
          differences.add(new Difference(run.index(), UnitNames.of(unit), part));
        }
      }
      apply(run.outcome().writes(), addresses, state);
    }
    return new Report(audited, differences);
  }

  private boolean chosen(Unit unit) {
    long number = unit.block().context().number();
    int hash = Mix.fold(seed, number, unit.blockAccessIndex());
    return (hash & 0x7fffffff) < share * 0x1p31;
  }

  private static void addAddresses(Outcome outcome, Set<Address> addresses) {
    for (AccountReads reads : outcome.reads().accounts()) {
      addresses.add(reads.address());
    }
    for (AccountWrites writes : outcome.writes().accounts()) {
      addresses.add(writes.address());
    }
  }

  private static void apply(WriteSet writes, Set<Address> addresses, OverlayState state) {
    List<AccountWrites> theirs = new ArrayList<>();
    for (AccountWrites account : writes.accounts()) {
      if (addresses.contains(account.address())) {
        theirs.add(account);
      }
    }
    if (!theirs.isEmpty()) {
      state.apply(new WriteSet(theirs, writes.clearsEmptyAccounts()));
    }
  }
}
