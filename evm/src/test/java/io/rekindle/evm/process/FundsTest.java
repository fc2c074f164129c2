package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.COINBASE;
import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
import static io.rekindle.evm.process.Scenario.FUNDS;
import static io.rekindle.evm.process.Scenario.OTHER;
import static io.rekindle.evm.process.Scenario.SENDER;
import static io.rekindle.evm.process.Scenario.executed;
import static io.rekindle.evm.process.Scenario.kinds;
import static io.rekindle.evm.process.Scenario.reads;
import static io.rekindle.evm.process.Scenario.writes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What transfers teach of balances: bounds at the unit's start, never the amount itself. */
final class FundsTest {
  private static final int PASSES_BOTH = AccountReads.AT_LEAST | AccountReads.BELOW;

  @Test
  void payoutsThatOnlyTogetherOverdraw() {
    Scenario scenario =
        new Scenario(Fork.CANCUN)
            .contract(
                CONTRACT,
                100,
                Bytecode.of(
                    Bytecode.call(FRESH, 60, 0), Bytecode.storeTop(0),
                    Bytecode.call(OTHER, 60, 0), Bytecode.storeTop(1)));

    Outcome outcome = scenario.call(0, CONTRACT);

    assertTrue(executed(outcome).success());
    assertEquals(1, scenario.slot(CONTRACT, 0));
    assertEquals(0, scenario.slot(CONTRACT, 1));
    AccountReads reads = reads(outcome, CONTRACT);
    assertEquals(PASSES_BOTH, reads.kinds() & (PASSES_BOTH | AccountReads.BALANCE));
    assertEquals(UInt256.of(60), reads.balanceAtLeast());
    assertEquals(UInt256.of(120), reads.balanceBelow());
    assertEquals(UInt256.of(60), writes(outcome, CONTRACT).balanceDecrease());
    assertEquals(UInt256.of(60), writes(outcome, FRESH).balanceIncrease());
    assertNull(writes(outcome, OTHER), "nothing reached it");
  }

  @Test
  void whatTheUnitItselfGainedNeedsNoFunds() {
    Scenario scenario =
        new Scenario(Fork.CANCUN)
            .contract(CONTRACT, 100, Bytecode.call(OTHER, 60, 100_000))
            .contract(OTHER, 5, Bytecode.call(FRESH, 40, 0));

    Outcome outcome = scenario.call(0, CONTRACT);

    assertEquals(UInt256.of(40), scenario.balance(FRESH));
    assertEquals(0, kinds(outcome, OTHER) & (PASSES_BOTH | AccountReads.BALANCE));
    assertEquals(UInt256.of(20), writes(outcome, OTHER).balanceIncrease());
  }

  @Test
  void fundsCheckInsideRevertedFrameIsKept() {
    byte[] paysAndReverts =
        Bytecode.of(
            Bytecode.call(FRESH, 30, 0), "POP", Bytecode.call(FRESH, 30, 0), "POP", 0, 0, "REVERT");
    Scenario scenario =
        new Scenario(Fork.CANCUN)
            .contract(CONTRACT, 0, Bytecode.call(OTHER, 0, 200_000))
            .contract(OTHER, 40, paysAndReverts);

    Outcome outcome = scenario.call(0, CONTRACT);

    AccountReads reads = reads(outcome, OTHER);
    assertEquals(PASSES_BOTH, reads.kinds() & (PASSES_BOTH | AccountReads.BALANCE));
    assertEquals(UInt256.of(30), reads.balanceAtLeast());
    assertEquals(UInt256.of(60), reads.balanceBelow());
    assertEquals(UInt256.of(40), scenario.balance(OTHER));
    assertNull(writes(outcome, FRESH));
  }

  @Test
  void feeCreditMakesAccountNonEmptyBeforeCall() {
    Scenario scenario =
        new Scenario(Fork.CANCUN).contract(CONTRACT, 10, Bytecode.call(COINBASE, 1, 0));
    Outcome onStart =
        scenario.run(Mode.SPECULATIVE, scenario.transaction(1, CONTRACT, new byte[0], List.of()));

    scenario.call(0, OTHER);
    Outcome afterFee = scenario.call(1, CONTRACT);

    assertEquals(25_000, executed(onStart).gasUsed() - executed(afterFee).gasUsed());
    assertTrue(reads(onStart, COINBASE).has(AccountReads.DEAD));
    assertTrue(reads(onStart, COINBASE).dead());
    assertTrue(reads(afterFee, COINBASE).has(AccountReads.DEAD));
    assertFalse(reads(afterFee, COINBASE).dead());
    assertEquals(0, kinds(afterFee, COINBASE) & AccountReads.BALANCE);
  }

  @Test
  void feeAndPlainTransferTeachNothingOfTheRecipients() {
    Scenario scenario = new Scenario(Fork.CANCUN);

    Outcome outcome = scenario.call(0, FRESH);

    assertEquals(0, kinds(outcome, COINBASE));
    assertEquals(AccountReads.CODE, kinds(outcome, FRESH), "a call reads the code");
    AccountReads sender = reads(outcome, SENDER);
    assertEquals(AccountReads.AT_LEAST | AccountReads.NONCE | AccountReads.CODE, sender.kinds());
    assertEquals(UInt256.of(10 * Scenario.GAS_LIMIT), sender.balanceAtLeast());
    assertEquals(UInt256.of(210_000), writes(outcome, SENDER).balanceDecrease());
    assertEquals(UInt256.of(210_000), writes(outcome, COINBASE).balanceIncrease());
  }

  @Test
  void speculationAssumesNonceAndFundsAndRecordsThem() {
    Scenario scenario = new Scenario(Fork.CANCUN).put(SENDER, 3, UInt256.of(7));

    Outcome outcome =
        scenario.run(Mode.SPECULATIVE, scenario.transaction(9, FRESH, new byte[0], List.of()));

    assertTrue(executed(outcome).success());
    AccountReads sender = reads(outcome, SENDER);
    assertTrue(sender.has(AccountReads.NONCE_ASSUMED));
    assertEquals(9, sender.nonce());
    assertEquals(UInt256.of(10 * Scenario.GAS_LIMIT), sender.balanceAtLeast());
    assertEquals(10, writes(outcome, SENDER).nonce());
    assertEquals(UInt256.of(210_000), writes(outcome, SENDER).balanceDecrease());
  }

  @Test
  void exactModeRefusesWithTheReadsOfTheVerdict() {
    Scenario scenario = new Scenario(Fork.CANCUN).put(SENDER, 3, UInt256.of(7));

    Outcome wrongNonce =
        scenario.run(Mode.EXACT, scenario.transaction(9, FRESH, new byte[0], List.of()));
    Outcome poor = scenario.run(Mode.EXACT, scenario.transaction(3, FRESH, new byte[0], List.of()));

    assertEquals(InvalidReason.NONCE_TOO_HIGH, ((UnitResult.Invalid) wrongNonce.result()).reason());
    assertEquals(AccountReads.NONCE, kinds(wrongNonce, SENDER));
    assertEquals(3, reads(wrongNonce, SENDER).nonce());
    assertEquals(InvalidReason.INSUFFICIENT_FUNDS, ((UnitResult.Invalid) poor.result()).reason());
    assertEquals(AccountReads.NONCE | AccountReads.BELOW, kinds(poor, SENDER));
    assertEquals(UInt256.of(10 * Scenario.GAS_LIMIT), reads(poor, SENDER).balanceBelow());
    assertTrue(poor.writes().accounts().isEmpty());
  }

  @Test
  void failedTransactionStillPays() {
    Scenario scenario =
        new Scenario(Fork.CANCUN).contract(CONTRACT, 0, Bytecode.of(1, 0, "SSTORE", "INVALID"));

    Outcome outcome = scenario.call(0, CONTRACT);

    assertFalse(executed(outcome).success());
    assertEquals(Scenario.GAS_LIMIT, executed(outcome).gasUsed());
    assertEquals(FUNDS.subtract(UInt256.of(10 * Scenario.GAS_LIMIT)), scenario.balance(SENDER));
    assertEquals(1, reads(outcome, CONTRACT).slots().length, "reads survive a failure");
    assertNull(writes(outcome, CONTRACT));
  }
}
