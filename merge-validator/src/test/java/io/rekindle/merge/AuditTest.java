package io.rekindle.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An executor that errs is found by the audit, though its reads and its summaries all agree. */
class AuditTest {
  private static final int WINDOWS = 300;
  private static final long AUDIT_SEED = 7;

  private final EquivalenceCase sound = new EquivalenceCase(outcome -> outcome);

  @Test
  void soundExecutorPasses() {
    int audited = 0;
    for (long seed = 0; seed < WINDOWS; seed++) {
      Audit.Report report = audit(sound.run(seed), 1);
      assertEquals(List.of(), report.differences(), "seed " + seed);
      report.requireNoDifference();
      audited += report.audited();
    }
    assertTrue(audited > 5 * WINDOWS, audited + " audited");
  }

  @Test
  void wrongGasIsFound() {
    assertFound("result", AuditTest::withMoreGas);
  }

  @Test
  void flippedSlotIsFound() {
    assertFound("writes", AuditTest::withFlippedSlot);
  }

  @Test
  void lostLogIsFound() {
    assertFound("logs", AuditTest::withoutLastLog);
  }

  @Test
  void shareOfUnitsIsAudited() {
    int audited = 0;
    int units = 0;
    for (long seed = 0; seed < WINDOWS; seed++) {
      EquivalenceCase.Run run = sound.run(seed);
      audited += audit(run, 0.2).audited();
      units += run.merged().runs().size();
    }
    assertEquals(0.2, (double) audited / units, 0.1);
  }

  /** A fault in outcomes; null where the outcome holds nothing to get wrong. */
  private interface Fault {
    Outcome apply(Outcome outcome);
  }

  /** Makes one fault a window, in a unit that no re-run mends. */
  private static void assertFound(String part, Fault fault) {
    int windows = 0;
    for (long seed = 0; seed < WINDOWS; seed++) {
      boolean[] done = {false};
      Outcome[] faulty = {null};
      EquivalenceCase erring =
          new EquivalenceCase(
              outcome -> {
                Outcome wrong = done[0] ? null : fault.apply(outcome);
                if (wrong == null) {
                  return outcome;
                }
                done[0] = true;
                faulty[0] = wrong;
                return wrong;
              });
      EquivalenceCase.Run run = erring.run(seed);
      UnitRun kept = kept(run, faulty[0]);
      if (kept != null) {
        windows++;
        Audit.Report report = audit(run, 1);
        List<Audit.Difference> differences = report.differences();
        // Units after it may differ too, since the audit follows the merged state.
        assertFalse(differences.isEmpty(), "seed " + seed);
        assertEquals(kept.index(), differences.get(0).unit());
        assertEquals(part, differences.get(0).part());
        AuditException found = assertThrows(AuditException.class, report::requireNoDifference);
        assertTrue(found.getMessage().contains("other " + part), found.getMessage());
      }
    }
    assertTrue(windows > 3, "the fault came about in " + windows + " windows");
  }

  private static UnitRun kept(EquivalenceCase.Run run, Outcome faulty) {
    for (UnitRun unit : run.merged().runs()) {
      if (faulty != null
          && OutcomeComparison.firstDifference(unit.outcome(), faulty) == null
          && unit.outcome().reads().equals(faulty.reads())) {
        return unit;
      }
    }
    return null;
  }

  private static Audit.Report audit(EquivalenceCase.Run run, double share) {
    UnitExecutor executor = new UnitExecutor(new Interpreter(), RandomWindow.SIGNERS);
    return new Audit(executor, share, AUDIT_SEED)
        .run(run.window().units, run.merged(), run.window().base);
  }

  private static Outcome withMoreGas(Outcome outcome) {
    if (!(outcome.result() instanceof UnitResult.Executed executed)) {
      return null;
    }
    UnitResult wrong =
        new UnitResult.Executed(
            executed.halt(),
            executed.gasUsed() + 1,
            executed.gasRefunded(),
            executed.output(),
            executed.created());
    return new Outcome(wrong, outcome.reads(), outcome.writes(), outcome.logs());
  }

  private static Outcome withFlippedSlot(Outcome outcome) {
    List<AccountWrites> accounts = new ArrayList<>(outcome.writes().accounts());
    for (int i = 0; i < accounts.size(); i++) {
      if (accounts.get(i).slots().length > 0) {
        accounts.set(i, withFlippedSlot(accounts.get(i)));
        WriteSet writes = new WriteSet(accounts, outcome.writes().clearsEmptyAccounts());
        return new Outcome(outcome.result(), outcome.reads(), writes, outcome.logs());
      }
    }
    return null;
  }

  private static AccountWrites withFlippedSlot(AccountWrites writes) {
    UInt256[] values = writes.values().clone();
    values[0] =
        UInt256.of(values[0].limb3(), values[0].limb2(), values[0].limb1(), ~values[0].limb0());
    return new AccountWrites(
        writes.address(),
        writes.balanceIncrease(),
        writes.balanceDecrease(),
        writes.nonceWritten(),
        writes.nonce(),
        writes.code(),
        writes.created(),
        writes.destroyed(),
        writes.touched(),
        writes.slots(),
        values);
  }

  private static Outcome withoutLastLog(Outcome outcome) {
    List<Log> logs = outcome.logs();
    if (logs.isEmpty()) {
      return null;
    }
    return new Outcome(
        outcome.result(), outcome.reads(), outcome.writes(), logs.subList(0, logs.size() - 1));
  }
}
