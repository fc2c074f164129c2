package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.COINBASE;
import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
import static io.rekindle.evm.process.Scenario.executed;
import static io.rekindle.evm.process.Scenario.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules of transactions at the fork that brings them, and at the one before. */
final class ForkBoundaryTest {
  private static long gasUsed(Fork fork, Address to, byte... input) {
    return executed(new Scenario(fork).call(0, to, input)).gasUsed();
  }

  private static byte[] ones(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 1);
    return bytes;
  }

  @Test
  void callDataGasOfIstanbul() {
    byte[] input = {1, 0, 2};
    assertEquals(21_000 + 2 * 68 + 4, gasUsed(Fork.PETERSBURG, FRESH, input));
    assertEquals(21_000 + 2 * 16 + 4, gasUsed(Fork.ISTANBUL, FRESH, input));
  }

  @Test
  void creationGasOfHomestead() {
    assertEquals(21_000, gasUsed(Fork.FRONTIER, null));
    assertEquals(53_000, gasUsed(Fork.HOMESTEAD, null));
  }

  @Test
  void initcodeGasAndLimitOfShanghai() {
    byte[] stops = new byte[33];
    assertEquals(53_000 + 33 * 4, gasUsed(Fork.PARIS, null, stops));
    assertEquals(53_000 + 33 * 4 + 2 * 2, gasUsed(Fork.SHANGHAI, null, stops));

    byte[] tooLarge = new byte[49_153];
    assertEquals(53_000 + 49_153 * 4, gasUsed(Fork.PARIS, null, tooLarge));
    assertEquals(
        InvalidReason.INITCODE_TOO_LARGE,
        reason(new Scenario(Fork.SHANGHAI).call(0, null, tooLarge)));
  }

  @Test
  void callDataFloorOfPrague() {
    byte[] input = ones(1_000);
    assertEquals(21_000 + 16_000, gasUsed(Fork.CANCUN, FRESH, input));
    assertEquals(21_000 + 40_000, gasUsed(Fork.PRAGUE, FRESH, input));

    Scenario scenario = new Scenario(Fork.PRAGUE);
    scenario.gasLimit = 60_999;
    assertEquals(InvalidReason.FLOOR_GAS_TOO_LOW, reason(scenario.call(0, FRESH, input)));
  }

  @Test
  void gasLimitOfOsaka() {
    for (Fork fork : List.of(Fork.PRAGUE, Fork.OSAKA)) {
      Scenario scenario = new Scenario(fork);
      scenario.gasLimit = (1 << 24) + 1;
      Outcome outcome = scenario.call(0, FRESH);
      if (fork == Fork.PRAGUE) {
        assertEquals(21_000, executed(outcome).gasUsed());
      } else {
        assertEquals(InvalidReason.GAS_LIMIT_TOO_HIGH, reason(outcome));
      }
    }
  }

  @Test
  void refundQuotientOfLondon() {
    for (Fork fork : List.of(Fork.BERLIN, Fork.LONDON)) {
      Scenario scenario =
          new Scenario(fork)
              .put(
                  CONTRACT,
                  1,
                  UInt256.ZERO,
                  Bytecode.of(0, 0, "SSTORE"),
                  Map.of(UInt256.ZERO, UInt256.ONE));
      UnitResult.Executed result = executed(scenario.call(0, CONTRACT));
      long used = 21_000 + 3 + 3 + 5_000;
      long refund = fork == Fork.BERLIN ? used / 2 : 4_800;
      assertEquals(refund, result.gasRefunded(), fork.name());
      assertEquals(used - refund, result.gasUsed(), fork.name());
    }
  }

  @Test
  void warmCoinbaseOfShanghai() {
    byte[] code = Bytecode.of(COINBASE, "BALANCE");
    for (Fork fork : List.of(Fork.PARIS, Fork.SHANGHAI)) {
      Scenario scenario = new Scenario(fork).contract(CONTRACT, 0, code);
      long access = fork == Fork.PARIS ? 2_600 : 100;
      assertEquals(21_003 + access, executed(scenario.call(0, CONTRACT)).gasUsed());
    }
  }

  @Test
  void baseFeeOfLondonIsBurnt() {
    for (Fork fork : List.of(Fork.BERLIN, Fork.LONDON)) {
      Scenario scenario = new Scenario(fork);
      scenario.baseFee = fork == Fork.BERLIN ? 0 : 7;
      scenario.call(0, FRESH);
      assertEquals(
          UInt256.of(21_000 * (10 - scenario.baseFee)), scenario.balance(COINBASE), fork.name());
    }
  }

  @Test
  void feeUnderTheBaseFeeIsInvalid() {
    Scenario scenario = new Scenario(Fork.LONDON);
    scenario.baseFee = 11;
    assertEquals(InvalidReason.FEE_BELOW_BASE_FEE, reason(scenario.call(0, FRESH)));
  }

  @Test
  void delegationsOfPrague() {
    Scenario before = new Scenario(Fork.CANCUN);
    Transaction type4 = typed(4, 1, List.of());
    assertEquals(InvalidReason.TYPE_NOT_SUPPORTED, reason(before.run(Mode.EXACT, type4)));
    assertEquals(
        InvalidReason.AUTHORIZATIONS_EMPTY,
        reason(new Scenario(Fork.PRAGUE).run(Mode.EXACT, type4)));
  }

  @Test
  void blobCountOfATransactionOfOsaka() {
    Hash hash = Hash.of(1L << 56, 0, 0, 0);
    Transaction seven = typed(3, 1, Collections.nCopies(7, hash));
    assertEquals(21_000, executed(new Scenario(Fork.PRAGUE).run(Mode.EXACT, seven)).gasUsed());
    assertEquals(
        InvalidReason.BLOB_COUNT_EXCEEDED, reason(new Scenario(Fork.OSAKA).run(Mode.EXACT, seven)));
    assertEquals(
        InvalidReason.BLOB_COUNT_ABOVE_BLOCK,
        reason(new Scenario(Fork.CANCUN).run(Mode.EXACT, seven)));
  }

  @Test
  void chainIdOfSpuriousDragon() {
    Transaction legacy = typed(0, 1, List.of());
    assertEquals(
        InvalidReason.INVALID_SIGNATURE,
        reason(new Scenario(Fork.TANGERINE_WHISTLE).run(Mode.EXACT, legacy)));
    assertEquals(
        21_000, executed(new Scenario(Fork.SPURIOUS_DRAGON).run(Mode.EXACT, legacy)).gasUsed());
    assertEquals(
        InvalidReason.WRONG_CHAIN_ID,
        reason(new Scenario(Fork.SPURIOUS_DRAGON).run(Mode.EXACT, typed(0, 2, List.of()))));
  }

  private static Transaction typed(int type, long chainId, List<Hash> blobs) {
    UInt256 price = UInt256.of(10);
    return new Transaction(
        type,
        UInt256.of(chainId),
        0,
        type < 2 ? price : null,
        type < 2 ? null : price,
        type < 2 ? null : price,
        type == 3 ? price : null,
        Scenario.GAS_LIMIT,
        FRESH,
        UInt256.ZERO,
        new byte[0],
        List.of(),
        blobs,
        List.of(),
        UInt256.ONE,
        UInt256.ONE,
        UInt256.ONE);
  }
}
