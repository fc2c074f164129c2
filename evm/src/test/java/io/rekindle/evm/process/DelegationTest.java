package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.COINBASE;
import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
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

import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Authorities of EIP-7702 that are something else as well, and those that are skipped. */
final class DelegationTest {
  private static final byte[] STORES_ONE = Bytecode.of(1, 0, "SSTORE");

  private static Authorization authorization(UInt256 chainId, long nonce) {
    return new Authorization(chainId, CONTRACT, nonce, UInt256.ZERO, UInt256.ONE, UInt256.ONE);
  }

  /** A scenario in which every authorization is the authority's, delegating to a contract. */
  private static Scenario authorizedBy(Address authority) {
    Scenario scenario = new Scenario(Fork.PRAGUE).contract(CONTRACT, 0, STORES_ONE);
    scenario.recovery = authorization -> authority;
    return scenario;
  }

  private static Outcome run(Scenario scenario, Address to, Authorization... authorizations) {
    return scenario.commit(
        scenario.run(
            Mode.EXACT, scenario.transaction(0, to, new byte[0], List.of(authorizations))));
  }

  private static Code codeOf(Scenario scenario, Address address) {
    return scenario.state.code(scenario.state.account(address).codeHash());
  }

  @Test
  void authorityThatIsSender() {
    Scenario scenario = authorizedBy(SENDER);

    Outcome outcome = run(scenario, SENDER, authorization(Scenario.CHAIN, 1));

    assertTrue(executed(outcome).success());
    assertEquals(2, scenario.state.account(SENDER).nonce());
    assertEquals(CONTRACT, codeOf(scenario, SENDER).delegate());
    assertEquals(1, scenario.slot(SENDER, 0), "the delegate's code ran on the sender's storage");
    AccountReads reads = reads(outcome, SENDER);
    assertEquals(0, reads.nonce(), "as of the unit's start");
    assertEquals(Code.EMPTY_HASH, reads.codeHash());
    assertEquals(2, writes(outcome, SENDER).nonce());
    assertEquals(12_500, executed(outcome).gasRefunded(), "an authority that is not empty");
  }

  @Test
  void senderMayHaveDelegation() {
    Scenario scenario = authorizedBy(SENDER);
    run(scenario, SENDER, authorization(Scenario.CHAIN, 1));

    Outcome next = scenario.call(2, FRESH);

    assertTrue(executed(next).success());
  }

  @Test
  void authorityThatIsCoinbase() {
    Scenario scenario = authorizedBy(COINBASE);

    Outcome outcome = run(scenario, COINBASE, authorization(UInt256.ZERO, 0));

    assertEquals(1, scenario.slot(COINBASE, 0));
    assertEquals(1, scenario.state.account(COINBASE).nonce());
    assertEquals(UInt256.of(10 * executed(outcome).gasUsed()), scenario.balance(COINBASE));
    assertEquals(0, executed(outcome).gasRefunded(), "it was empty");
    assertTrue(reads(outcome, COINBASE).has(AccountReads.DEAD));
    assertTrue(reads(outcome, COINBASE).dead());
    assertEquals(0, kinds(outcome, COINBASE) & AccountReads.BALANCE);
  }

  @Test
  void authorityThatIsCreatedLaterInTheTransactionCollides() {
    Address place = ContractAddress.of(OTHER, 1);
    Scenario scenario =
        authorizedBy(place)
            .contract(OTHER, 0, Bytecode.of(0, 0, 0, "CREATE", Bytecode.storeTop(0)));

    run(scenario, OTHER, authorization(Scenario.CHAIN, 0));

    assertEquals(0, scenario.slot(OTHER, 0));
    assertEquals(CONTRACT, codeOf(scenario, place).delegate());
    assertEquals(1, scenario.state.account(place).nonce());
  }

  @Test
  void authorityThatIsContractIsSkipped() {
    Scenario scenario = authorizedBy(OTHER).contract(OTHER, 0, Bytecode.of("STOP"));

    Outcome outcome = run(scenario, FRESH, authorization(Scenario.CHAIN, 1));

    assertNull(writes(outcome, OTHER));
    assertEquals(AccountReads.CODE, kinds(outcome, OTHER), "only the code was asked for");
  }

  @Test
  void otherChainWrongNonceAndLastNonceAreSkipped() {
    Scenario scenario = authorizedBy(OTHER);

    Outcome outcome =
        run(
            scenario,
            FRESH,
            authorization(UInt256.of(5), 0),
            authorization(Scenario.CHAIN, 4),
            authorization(Scenario.CHAIN, -1));

    assertNull(writes(outcome, OTHER));
    assertEquals(AccountReads.CODE | AccountReads.NONCE, kinds(outcome, OTHER));
    assertEquals(21_000 + 3 * 25_000, executed(outcome).gasUsed());
  }

  @Test
  void delegationStaysWhereTheTransactionFails() {
    Scenario scenario =
        authorizedBy(OTHER).contract(CONTRACT, 0, Bytecode.of(1, 0, "SSTORE", "INVALID"));

    Outcome outcome = run(scenario, OTHER, authorization(Scenario.CHAIN, 0));

    assertFalse(executed(outcome).success());
    assertEquals(CONTRACT, codeOf(scenario, OTHER).delegate());
    assertEquals(0, scenario.slot(OTHER, 0));
  }

  @Test
  void laterAuthorizationOfTheSameAuthorityWins() {
    Scenario scenario = authorizedBy(OTHER);
    Authorization clears =
        new Authorization(Scenario.CHAIN, Address.ZERO, 1, UInt256.ZERO, UInt256.ONE, UInt256.ONE);

    Outcome outcome = run(scenario, FRESH, authorization(Scenario.CHAIN, 0), clears);

    assertEquals(2, scenario.state.account(OTHER).nonce());
    assertEquals(Code.EMPTY_HASH, scenario.state.account(OTHER).codeHash());
    assertNull(writes(outcome, OTHER).code());
    assertEquals(12_500, executed(outcome).gasRefunded(), "not empty at the second");
  }
}
