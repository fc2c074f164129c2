package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.COINBASE;
import static io.rekindle.evm.process.Scenario.OTHER;
import static io.rekindle.evm.process.Scenario.kinds;
import static io.rekindle.evm.process.Scenario.reads;
import static io.rekindle.evm.process.Scenario.reason;
import static io.rekindle.evm.process.Scenario.writes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Openings and closings of blocks. */
final class BlockUnitsTest {
  private static final Address BEACON_ROOTS =
      Address.ofHex("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");
  private static final Address HISTORY =
      Address.ofHex("0x0000f90827f1c53a10cb7a02335b175320002935");
  private static final Address WITHDRAWAL_REQUESTS =
      Address.ofHex("0x00000961ef480eb55e80d19ad83579a64c007002");
  private static final Address CONSOLIDATION_REQUESTS =
      Address.ofHex("0x0000bbddc7ce488642fb579f8b00f3a590007251");
  private static final Address DAO_RECOVERY =
      Address.ofHex("0xbf4ed7b27f1d666546e30d74d50d173d20bca754");

  /** Stores the first word of its input, and its caller. */
  private static final byte[] STORES_INPUT =
      Bytecode.of(0, "CALLDATALOAD", 0, "SSTORE", "CALLER", 1, "SSTORE");

  private static byte[] returns(int value) {
    return Bytecode.of(value, 0, "MSTORE", 1, 31, "RETURN");
  }

  private static Outcome run(Scenario scenario, Unit unit) {
    return scenario.commit(scenario.executor().execute(scenario.state, unit, Mode.EXACT));
  }

  private static Outcome open(Scenario scenario) {
    return run(scenario, new Unit.Opening(scenario.block(List.of())));
  }

  private static Outcome close(Scenario scenario) {
    return run(scenario, new Unit.Closing(scenario.block(List.of())));
  }

  @Test
  void openingStoresBeaconRootFromCancunAndParentFromPragueOn() {
    for (Fork fork : List.of(Fork.SHANGHAI, Fork.CANCUN, Fork.PRAGUE)) {
      Scenario scenario =
          new Scenario(fork)
              .contract(BEACON_ROOTS, 0, STORES_INPUT)
              .contract(HISTORY, 0, STORES_INPUT);

      open(scenario);

      UInt256 root = fork.beaconRoots() ? UInt256.ofHash(Scenario.BEACON_ROOT) : UInt256.ZERO;
      UInt256 parent = fork.historyStorage() ? UInt256.ofHash(Scenario.PARENT_HASH) : UInt256.ZERO;
      assertEquals(root, scenario.state.storage(BEACON_ROOTS, UInt256.ZERO), fork.name());
      assertEquals(parent, scenario.state.storage(HISTORY, UInt256.ZERO), fork.name());
    }
  }

  @Test
  void systemCallComesFromTheSystemAddressAndLeavesNoTraceOfIt() {
    Scenario scenario = new Scenario(Fork.CANCUN).contract(BEACON_ROOTS, 0, STORES_INPUT);

    Outcome outcome = open(scenario);

    assertEquals(
        UInt256.ofAddress(SystemCall.SYSTEM_ADDRESS),
        scenario.state.storage(BEACON_ROOTS, UInt256.ONE));
    assertEquals(0, kinds(outcome, SystemCall.SYSTEM_ADDRESS));
  }

  @Test
  void openingWithoutContractsDoesNothingButReadsTheirCode() {
    Scenario scenario = new Scenario(Fork.PRAGUE);

    Outcome outcome = open(scenario);

    assertInstanceOf(UnitResult.Opened.class, outcome.result());
    assertTrue(outcome.writes().accounts().isEmpty());
    assertEquals(AccountReads.CODE, kinds(outcome, BEACON_ROOTS));
    assertEquals(AccountReads.CODE, kinds(outcome, HISTORY));
  }

  @Test
  void failureOfAnOpeningCallIsIgnored() {
    Scenario scenario =
        new Scenario(Fork.CANCUN).contract(BEACON_ROOTS, 0, Bytecode.of(STORES_INPUT, "INVALID"));

    Outcome outcome = open(scenario);

    assertInstanceOf(UnitResult.Opened.class, outcome.result());
    assertEquals(0, scenario.slot(BEACON_ROOTS, 1));
  }

  @Test
  void requestsCarryTheirTypes() {
    Scenario scenario =
        new Scenario(Fork.PRAGUE)
            .contract(WITHDRAWAL_REQUESTS, 0, returns(0xaa))
            .contract(CONSOLIDATION_REQUESTS, 0, returns(0xbb));

    List<byte[]> requests = ((UnitResult.Closed) close(scenario).result()).requests();

    assertEquals(2, requests.size());
    assertArrayEquals(new byte[] {1, (byte) 0xaa}, requests.get(0));
    assertArrayEquals(new byte[] {2, (byte) 0xbb}, requests.get(1));
  }

  @Test
  void requestsWithoutDataAreAbsent() {
    Scenario scenario =
        new Scenario(Fork.PRAGUE)
            .contract(WITHDRAWAL_REQUESTS, 0, Bytecode.of("STOP"))
            .contract(CONSOLIDATION_REQUESTS, 0, Bytecode.of("STOP"));

    assertTrue(((UnitResult.Closed) close(scenario).result()).requests().isEmpty());
  }

  @Test
  void missingOrFailingRequestContractMakesTheBlockInvalid() {
    Scenario missing = new Scenario(Fork.PRAGUE).contract(WITHDRAWAL_REQUESTS, 0, returns(1));
    Scenario failing =
        new Scenario(Fork.PRAGUE)
            .contract(WITHDRAWAL_REQUESTS, 0, Bytecode.of("INVALID"))
            .contract(CONSOLIDATION_REQUESTS, 0, returns(1));

    Outcome withoutCode = close(missing);
    assertEquals(InvalidReason.SYSTEM_CONTRACT_EMPTY, reason(withoutCode));
    assertEquals(AccountReads.CODE, kinds(withoutCode, CONSOLIDATION_REQUESTS));
    assertTrue(withoutCode.writes().accounts().isEmpty());
    assertEquals(InvalidReason.SYSTEM_CALL_FAILED, reason(close(failing)));
  }

  @Test
  void rewardsAreDeltasWithoutReads() {
    Scenario scenario = new Scenario(Fork.BYZANTIUM);
    BlockInput plain = scenario.block(List.of());
    BlockInput withOmmers =
        new BlockInput(
            plain.context(),
            plain.parentHash(),
            null,
            false,
            0,
            List.of(ommer(99, OTHER), ommer(94, OTHER)),
            List.of());

    Outcome outcome = run(scenario, new Unit.Closing(withOmmers));

    long reward = 3_000_000_000_000_000_000L;
    assertEquals(UInt256.of(reward + 2 * (reward / 32)), scenario.balance(COINBASE));
    assertEquals(UInt256.of(reward / 8 * 7 + reward / 8 * 2), scenario.balance(OTHER));
    assertEquals(0, kinds(outcome, COINBASE) | kinds(outcome, OTHER));
    assertEquals(scenario.balance(COINBASE), writes(outcome, COINBASE).balanceIncrease());
  }

  private static Header ommer(long number, Address coinbase) {
    return new Header(
        Hash.ZERO,
        Hash.ZERO,
        coinbase,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        new byte[256],
        UInt256.ZERO,
        number,
        0,
        0,
        0,
        new byte[0],
        Hash.ZERO,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void daoForkMovesExactBalances() {
    List<Address> accounts = DaoFork.accounts();
    assertEquals(116, new HashSet<>(accounts).size());
    Address first = accounts.get(0);
    Scenario scenario =
        new Scenario(Fork.DAO)
            .put(first, 1, UInt256.of(40), Bytecode.of("STOP"), Map.of())
            .put(accounts.get(115), 0, UInt256.of(2))
            .put(DAO_RECOVERY, 1, UInt256.of(5));
    BlockInput plain = scenario.block(List.of());
    BlockInput fork =
        new BlockInput(plain.context(), plain.parentHash(), null, true, 0, List.of(), List.of());

    Outcome outcome = run(scenario, new Unit.Opening(fork));

    assertEquals(UInt256.of(47), scenario.balance(DAO_RECOVERY));
    assertEquals(UInt256.ZERO, scenario.balance(first));
    assertEquals(1, scenario.state.account(first).nonce());
    assertEquals(AccountReads.BALANCE, kinds(outcome, first));
    assertEquals(UInt256.of(40), reads(outcome, first).balance());
    assertEquals(0, kinds(outcome, DAO_RECOVERY));
  }
}
