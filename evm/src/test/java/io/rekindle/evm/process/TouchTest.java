package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
import static io.rekindle.evm.process.Scenario.OTHER;
import static io.rekindle.evm.process.Scenario.kinds;
import static io.rekindle.evm.process.Scenario.writes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Touches: EIP-161's deletion of empty accounts, creation before it, and RIPEMD-160's oddity. */
final class TouchTest {
  private static final Address RIPEMD160 = Address.of(0, 0, 3);
  private static final Address IDENTITY = Address.of(0, 0, 4);
  private static final byte[] OUT_OF_GAS_CALLS =
      Bytecode.of(Bytecode.call(RIPEMD160, 0, 1), "POP", Bytecode.call(IDENTITY, 0, 1), "POP");

  private static Scenario withEmptyPrecompiles(Fork fork, byte[] code) {
    return new Scenario(fork)
        .put(RIPEMD160, 0, UInt256.ZERO)
        .put(IDENTITY, 0, UInt256.ZERO)
        .contract(CONTRACT, 0, code);
  }

  @Test
  void touchOfRipemdSurvivesTheFailureOfItsCall() {
    Scenario scenario = withEmptyPrecompiles(Fork.SPURIOUS_DRAGON, OUT_OF_GAS_CALLS);

    Outcome outcome = scenario.call(0, CONTRACT);

    assertTrue(writes(outcome, RIPEMD160).touched());
    assertNull(scenario.state.account(RIPEMD160));
    assertNull(writes(outcome, IDENTITY));
    assertEquals(Account.EMPTY, scenario.state.account(IDENTITY));
  }

  @Test
  void touchOfRipemdSurvivesTheFailureOfTheFrameAbove() {
    Scenario scenario =
        withEmptyPrecompiles(Fork.SPURIOUS_DRAGON, Bytecode.call(OTHER, 0, 100_000))
            .contract(OTHER, 0, Bytecode.of(OUT_OF_GAS_CALLS, "INVALID"));

    scenario.call(0, CONTRACT);

    assertNull(scenario.state.account(RIPEMD160));
    assertEquals(Account.EMPTY, scenario.state.account(IDENTITY));
  }

  @Test
  void touchOfRipemdDoesNotSurviveTheFailureOfTheTransaction() {
    Scenario scenario =
        withEmptyPrecompiles(Fork.SPURIOUS_DRAGON, Bytecode.of(OUT_OF_GAS_CALLS, "INVALID"));

    Outcome outcome = scenario.call(0, CONTRACT);

    assertNull(writes(outcome, RIPEMD160));
    assertEquals(Account.EMPTY, scenario.state.account(RIPEMD160));
  }

  @Test
  void beforeSpuriousDragonRolledBackTouchCreatesNothing() {
    Scenario scenario =
        new Scenario(Fork.TANGERINE_WHISTLE).contract(CONTRACT, 0, OUT_OF_GAS_CALLS);

    scenario.call(0, CONTRACT);

    assertNull(scenario.state.account(RIPEMD160));
  }

  @Test
  void zeroValueCallCreatesTheAccountBeforeSpuriousDragonOnly() {
    Scenario before = new Scenario(Fork.TANGERINE_WHISTLE);
    Scenario after = new Scenario(Fork.SPURIOUS_DRAGON);

    before.call(0, FRESH);
    after.call(0, FRESH);

    assertEquals(Account.EMPTY, before.state.account(FRESH));
    assertNull(after.state.account(FRESH));
  }

  @Test
  void zeroFeeCreatesTheCoinbaseBeforeSpuriousDragonOnly() {
    for (Fork fork : List.of(Fork.TANGERINE_WHISTLE, Fork.SPURIOUS_DRAGON)) {
      Scenario scenario = new Scenario(fork);
      scenario.gasPrice = 0;

      scenario.call(0, FRESH);

      assertEquals(
          fork == Fork.TANGERINE_WHISTLE ? Account.EMPTY : null,
          scenario.state.account(Scenario.COINBASE));
    }
  }

  @Test
  void zeroAmountWithdrawalTouchesAndNoMore() {
    Scenario scenario = new Scenario(Fork.SHANGHAI).put(OTHER, 0, UInt256.ZERO);
    List<Withdrawal> withdrawals =
        List.of(
            new Withdrawal(0, 0, FRESH, 0),
            new Withdrawal(1, 0, OTHER, 0),
            new Withdrawal(2, 0, CONTRACT, 3),
            new Withdrawal(3, 0, CONTRACT, 4));

    Outcome outcome =
        scenario.commit(
            scenario
                .executor()
                .execute(
                    scenario.state, new Unit.Closing(scenario.block(withdrawals)), Mode.EXACT));

    assertNotNull(writes(outcome, FRESH));
    assertTrue(writes(outcome, FRESH).touched());
    assertNull(scenario.state.account(FRESH));
    assertNull(scenario.state.account(OTHER), "an empty account goes when it is touched");
    assertEquals(UInt256.of(7_000_000_000L), scenario.balance(CONTRACT));
    assertEquals(UInt256.of(7_000_000_000L), writes(outcome, CONTRACT).balanceIncrease());
    for (Address address : List.of(FRESH, OTHER, CONTRACT)) {
      assertEquals(0, kinds(outcome, address), "a withdrawal is a delta without a read");
    }
  }
}
