package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
import static io.rekindle.evm.process.Scenario.kinds;
import static io.rekindle.evm.process.Scenario.reads;
import static io.rekindle.evm.process.Scenario.writes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CREATE2 onto places that are not fresh. */
final class CreationTest {
  private static final int COLLISION_READS =
      AccountReads.NONCE | AccountReads.CODE | AccountReads.HAS_STORAGE;

  /** Adds one to slot 0 and deploys code that destroys itself. */
  private static final byte[] INITCODE =
      Bytecode.of(
          0,
          "SLOAD",
          1,
          "ADD",
          0,
          "SSTORE",
          // The deployed code: PUSH2 FRESH's low bytes, SELFDESTRUCT.
          UInt256.ofHex("0x61f4e5ff" + "0".repeat(56)),
          0,
          "MSTORE",
          4,
          0,
          "RETURN");

  private static final byte[] FACTORY =
      Bytecode.of(Bytecode.create2OfCallData(0), Bytecode.storeTop(0));

  private static final Address CREATED =
      ContractAddress.of(CONTRACT, new byte[32], Keccak256.hash(INITCODE));

  @Test
  void onWipedAccountStorageStartsEmpty() {
    Scenario scenario = new Scenario(Fork.SHANGHAI).contract(CONTRACT, 0, FACTORY);
    scenario.call(0, CONTRACT, INITCODE);
    assertEquals(1, scenario.slot(CREATED, 0));

    Outcome destruction = scenario.call(1, CREATED);
    assertTrue(writes(destruction, CREATED).destroyed());
    assertNull(scenario.state.account(CREATED));
    assertEquals(0, scenario.slot(CREATED, 0));

    Outcome again = scenario.call(2, CONTRACT, INITCODE);
    assertEquals(1, scenario.slot(CREATED, 0), "not 2: the old storage is gone");
    assertTrue(writes(again, CREATED).created());
    assertEquals(1, writes(again, CREATED).nonce());
    AccountReads reads = reads(again, CREATED);
    assertEquals(COLLISION_READS, reads.kinds() & COLLISION_READS);
    assertFalse(reads.hasStorage());
    assertEquals(0, reads.slots().length, "the storage of a new contract is no read");
  }

  @Test
  void onLivingContractCollides() {
    Scenario scenario = new Scenario(Fork.SHANGHAI).contract(CONTRACT, 0, FACTORY);
    scenario.call(0, CONTRACT, INITCODE);

    Outcome again = scenario.call(1, CONTRACT, INITCODE);

    assertEquals(0, scenario.slot(CONTRACT, 0));
    assertNull(writes(again, CREATED));
    assertTrue(reads(again, CREATED).has(AccountReads.NONCE));
    assertEquals(1, reads(again, CREATED).nonce());
  }

  @Test
  void onStorageAloneCollides() {
    Scenario scenario =
        new Scenario(Fork.CANCUN)
            .contract(CONTRACT, 0, FACTORY)
            .put(CREATED, 0, UInt256.ONE, new byte[0], Map.of(UInt256.of(7), UInt256.of(8)));

    Outcome outcome = scenario.call(0, CONTRACT, INITCODE);

    assertEquals(0, scenario.slot(CONTRACT, 0));
    assertEquals(8, scenario.slot(CREATED, 7));
    AccountReads reads = reads(outcome, CREATED);
    assertEquals(COLLISION_READS, reads.kinds() & COLLISION_READS);
    assertTrue(reads.hasStorage());
    assertNull(writes(outcome, CREATED));
  }

  @Test
  void onBalanceAloneKeepsItAndLearnsNothingOfIt() {
    Scenario scenario =
        new Scenario(Fork.CANCUN).contract(CONTRACT, 0, FACTORY).put(CREATED, 0, UInt256.of(77));

    Outcome outcome = scenario.call(0, CONTRACT, INITCODE);

    assertEquals(UInt256.of(77), scenario.balance(CREATED));
    assertNotNull(scenario.state.account(CREATED));
    assertEquals(COLLISION_READS, kinds(outcome, CREATED));
    assertNull(scenario.state.account(FRESH));
  }
}
