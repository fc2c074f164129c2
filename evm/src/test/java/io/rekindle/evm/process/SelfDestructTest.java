package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.COINBASE;
import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
import static io.rekindle.evm.process.Scenario.SENDER;
import static io.rekindle.evm.process.Scenario.executed;
import static io.rekindle.evm.process.Scenario.kinds;
import static io.rekindle.evm.process.Scenario.reads;
import static io.rekindle.evm.process.Scenario.writes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import org.junit.jupiter.api.Test;

/** SELFDESTRUCT to self, to the coinbase and to a new account, before and after EIP-6780. */
final class SelfDestructTest {
  private static final UInt256 FIFTY = UInt256.of(50);

  private static Scenario destroying(Fork fork, Address beneficiary) {
    return new Scenario(fork).contract(CONTRACT, 50, Bytecode.of(beneficiary, "SELFDESTRUCT"));
  }

  private static void assertReadsOwnBalance(Outcome outcome) {
    assertTrue(reads(outcome, CONTRACT).has(AccountReads.BALANCE));
    assertEquals(FIFTY, reads(outcome, CONTRACT).balance());
  }

  @Test
  void toSelfBurnsBeforeCancun() {
    Scenario scenario = destroying(Fork.SHANGHAI, CONTRACT);

    Outcome outcome = scenario.call(0, CONTRACT);

    assertTrue(executed(outcome).success());
    assertTrue(writes(outcome, CONTRACT).destroyed());
    assertNull(scenario.state.account(CONTRACT));
  }

  @Test
  void toSelfDoesNothingFromCancunOn() {
    Scenario scenario = destroying(Fork.CANCUN, CONTRACT);

    scenario.call(0, CONTRACT);

    assertEquals(FIFTY, scenario.balance(CONTRACT));
    assertFalse(scenario.state.account(CONTRACT).isEmpty());
  }

  @Test
  void toSelfInTheTransactionOfItsCreationBurnsAlsoFromCancunOn() {
    for (Fork fork : new Fork[] {Fork.SHANGHAI, Fork.CANCUN}) {
      Address created = ContractAddress.of(SENDER, 0);
      Scenario scenario = new Scenario(fork).put(created, 0, FIFTY);

      Outcome outcome = scenario.call(0, null, Bytecode.of(created, "SELFDESTRUCT"));

      assertTrue(writes(outcome, created).destroyed(), fork.name());
      assertNull(scenario.state.account(created), fork.name());
    }
  }

  @Test
  void toCoinbaseIsCreditOnTopOfTheFee() {
    for (Fork fork : new Fork[] {Fork.SHANGHAI, Fork.CANCUN}) {
      Scenario scenario = destroying(fork, COINBASE).put(COINBASE, 0, UInt256.ONE);

      Outcome outcome = scenario.call(0, CONTRACT);

      UInt256 fee = UInt256.of(10 * executed(outcome).gasUsed());
      assertEquals(fee.add(FIFTY), writes(outcome, COINBASE).balanceIncrease());
      assertEquals(0, kinds(outcome, COINBASE) & AccountReads.BALANCE);
      assertReadsOwnBalance(outcome);
      assertEquals(fork == Fork.SHANGHAI, scenario.state.account(CONTRACT) == null);
    }
  }

  @Test
  void coinbaseThatDestroysItselfLosesTheFee() {
    Scenario scenario =
        new Scenario(Fork.SHANGHAI).contract(COINBASE, 50, Bytecode.of(FRESH, "SELFDESTRUCT"));

    scenario.call(0, COINBASE);

    assertNull(scenario.state.account(COINBASE));
    assertEquals(FIFTY, scenario.balance(FRESH));
  }

  @Test
  void coinbaseThatDestroysItselfKeepsTheFeeFromCancunOn() {
    Scenario scenario =
        new Scenario(Fork.CANCUN).contract(COINBASE, 50, Bytecode.of(FRESH, "SELFDESTRUCT"));

    Outcome outcome = scenario.call(0, COINBASE);

    assertEquals(UInt256.of(10 * executed(outcome).gasUsed()), scenario.balance(COINBASE));
    assertEquals(FIFTY, scenario.balance(FRESH));
  }

  @Test
  void toNewAccountPaysForItWhereThereIsBalance() {
    for (Fork fork : new Fork[] {Fork.SHANGHAI, Fork.CANCUN}) {
      Scenario funded = destroying(fork, FRESH);
      Scenario known = destroying(fork, FRESH).put(FRESH, 0, UInt256.ONE);

      Outcome toNew = funded.call(0, CONTRACT);
      Outcome toKnown = known.call(0, CONTRACT);

      assertEquals(25_000, executed(toNew).gasUsed() - executed(toKnown).gasUsed());
      assertTrue(reads(toNew, FRESH).has(AccountReads.DEAD));
      assertTrue(reads(toNew, FRESH).dead());
      assertFalse(reads(toKnown, FRESH).dead());
      assertEquals(FIFTY, funded.balance(FRESH));
      assertReadsOwnBalance(toNew);
      if (fork == Fork.CANCUN) {
        assertNotNull(funded.state.account(CONTRACT));
        assertEquals(FIFTY, writes(toNew, CONTRACT).balanceDecrease());
      } else {
        assertNull(funded.state.account(CONTRACT));
      }
    }
  }

  @Test
  void deletionWithoutBalanceCreatesNoAccount() {
    Scenario scenario =
        new Scenario(Fork.SHANGHAI).contract(CONTRACT, 0, Bytecode.of(FRESH, "SELFDESTRUCT"));

    scenario.call(0, CONTRACT);

    assertNull(scenario.state.account(FRESH));
    assertNull(scenario.state.account(CONTRACT));
  }
}
