package io.rekindle.evm.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.fork.ForkSchedule;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each rule of a header, broken alone. */
final class HeaderRulesTest {
  private static final List<Fork> FORKS =
      List.of(
          Fork.FRONTIER,
          Fork.HOMESTEAD,
          Fork.BYZANTIUM,
          Fork.BERLIN,
          Fork.LONDON,
          Fork.PARIS,
          Fork.SHANGHAI,
          Fork.CANCUN,
          Fork.PRAGUE,
          Fork.OSAKA);

  private static ChainSpec spec(Fork fork, Long daoForkBlock) {
    return new ChainSpec(
        "test", UInt256.ONE, ForkSchedule.always(fork), daoForkBlock, Scenario.OTHER, null);
  }

  /** The rules that a child breaks after a change to a valid one. */
  private static List<BlockRule> broken(Fork parentFork, Fork fork, Consumer<HeaderDraft> change) {
    Header parent = HeaderDraft.of(parentFork).build();
    HeaderDraft child = HeaderDraft.after(parent, fork);
    change.accept(child);
    return HeaderRules.check(child.build(), parent, fork, spec(fork, null)).stream()
        .filter(check -> !check.passed())
        .map(BlockCheck::rule)
        .toList();
  }

  /** The checks of a valid child. */
  private static List<BlockCheck> checked(Fork fork) {
    Header parent = HeaderDraft.of(fork).build();
    return HeaderRules.check(
        HeaderDraft.after(parent, fork).build(), parent, fork, spec(fork, null));
  }

  private static void assertBreaks(BlockRule rule, Fork fork, Consumer<HeaderDraft> change) {
    assertEquals(List.of(rule), broken(fork, fork, change), fork.name());
  }

  @Test
  void childOfEachForkHolds() {
    for (int i = 0; i < FORKS.size(); i++) {
      Fork fork = FORKS.get(i);
      assertEquals(List.of(), broken(fork, fork, child -> {}), fork.name());
      if (i > 0) {
        assertEquals(List.of(), broken(FORKS.get(i - 1), fork, child -> {}), "to " + fork.name());
      }
    }
  }

  @Test
  void placeAfterTheParent() {
    for (Fork fork : FORKS) {
      assertBreaks(BlockRule.PARENT_HASH, fork, child -> child.parentHash = Hash.ZERO);
      assertBreaks(BlockRule.NUMBER, fork, child -> child.number++);
      assertBreaks(BlockRule.TIMESTAMP, fork, child -> child.timestamp = 1_000);
    }
  }

  @Test
  void gasLimitMovesByLessThanA1024th() {
    for (Fork fork : FORKS) {
      long room = 30_000_000 / 1_024;
      assertEquals(List.of(), broken(fork, fork, child -> child.gasLimit += room - 1));
      assertEquals(List.of(), broken(fork, fork, child -> child.gasLimit -= room - 1));
      assertBreaks(BlockRule.GAS_LIMIT, fork, child -> child.gasLimit += room);
      assertBreaks(BlockRule.GAS_LIMIT, fork, child -> child.gasLimit -= room);
      assertBreaks(BlockRule.GAS_LIMIT_MAXIMUM, fork, child -> child.gasLimit = Long.MIN_VALUE);
    }
  }

  @Test
  void gasLimitDoublesAtLondon() {
    assertEquals(
        List.of(BlockRule.GAS_LIMIT),
        broken(Fork.BERLIN, Fork.LONDON, child -> child.gasLimit = 30_000_000));
  }

  @Test
  void gasUsedAndExtraData() {
    for (Fork fork : FORKS) {
      assertBreaks(
          BlockRule.GAS_USED_ABOVE_LIMIT, fork, child -> child.gasUsed = child.gasLimit + 1);
      assertBreaks(BlockRule.EXTRA_DATA_SIZE, fork, child -> child.extraData = new byte[33]);
      assertEquals(List.of(), broken(fork, fork, child -> child.extraData = new byte[32]));
    }
  }

  @Test
  void difficulty() {
    for (Fork fork : FORKS) {
      assertBreaks(
          BlockRule.DIFFICULTY,
          fork,
          child -> child.difficulty = child.difficulty.add(UInt256.ONE));
    }
  }

  @Test
  void constantsOfProofOfStake() {
    assertBreaks(BlockRule.NONCE, Fork.PARIS, child -> child.nonce = 1);
    assertBreaks(BlockRule.NO_OMMERS, Fork.PARIS, child -> child.ommersHash = Hash.ZERO);
    assertEquals(List.of(), broken(Fork.LONDON, Fork.LONDON, child -> child.nonce = 1));
    assertEquals(
        List.of(), broken(Fork.LONDON, Fork.LONDON, child -> child.ommersHash = Hash.ZERO));
  }

  @Test
  void feesAndBlobs() {
    assertBreaks(BlockRule.BASE_FEE, Fork.LONDON, child -> child.baseFee = UInt256.ONE);
    assertBreaks(BlockRule.EXCESS_BLOB_GAS, Fork.CANCUN, child -> child.excessBlobGas = 1L << 17);
    assertEquals(
        List.of(), broken(Fork.CANCUN, Fork.CANCUN, child -> child.blobGasUsed = 6L << 17));
    assertBreaks(
        BlockRule.BLOB_GAS_USED_ABOVE_LIMIT, Fork.CANCUN, child -> child.blobGasUsed = 7L << 17);
  }

  /** Checks are a table whose rows are known by block and rule. */
  @Test
  void eachRuleIsCheckedOnce() {
    for (Fork fork : FORKS) {
      List<BlockRule> rules = checked(fork).stream().map(BlockCheck::rule).toList();
      assertEquals(List.copyOf(new LinkedHashSet<>(rules)), rules);
    }
    BlockCheck fields =
        checked(Fork.SHANGHAI).stream()
            .filter(check -> check.rule() == BlockRule.HEADER_FIELDS)
            .findFirst()
            .orElseThrow();
    assertEquals("baseFee, withdrawalsRoot", fields.expected());
  }

  @Test
  void fieldsOfTheFork() {
    assertBreaks(BlockRule.HEADER_FIELDS, Fork.BERLIN, child -> child.baseFee = UInt256.ONE);
    assertBreaks(BlockRule.HEADER_FIELDS, Fork.LONDON, child -> child.baseFee = null);
    assertBreaks(BlockRule.HEADER_FIELDS, Fork.PARIS, child -> child.withdrawalsRoot = Hash.ZERO);
    assertBreaks(BlockRule.HEADER_FIELDS, Fork.CANCUN, child -> child.excessBlobGas = null);
    assertBreaks(BlockRule.HEADER_FIELDS, Fork.CANCUN, child -> child.requestsHash = Hash.ZERO);
    assertBreaks(BlockRule.HEADER_FIELDS, Fork.PRAGUE, child -> child.requestsHash = null);
  }

  @Test
  void extraDataOfTheDaoForksTenBlocks() {
    byte[] mark = "dao-hard-fork".getBytes(StandardCharsets.US_ASCII);
    Header parent = HeaderDraft.of(Fork.DAO).build();
    for (long since = -1; since <= 10; since++) {
      HeaderDraft child = HeaderDraft.after(parent, Fork.DAO);
      ChainSpec spec = spec(Fork.DAO, child.number - since);
      boolean required = since >= 0 && since < 10;

      assertEquals(
          required ? 1 : 0, failures(HeaderRules.check(child.build(), parent, Fork.DAO, spec)));
      child.extraData = mark;
      assertEquals(0, failures(HeaderRules.check(child.build(), parent, Fork.DAO, spec)));
    }
  }

  private static long failures(List<BlockCheck> checks) {
    return checks.stream().filter(check -> !check.passed()).count();
  }

  /** Real parent and child pairs are held in the fixtures; these show the turning points. */
  @Test
  void difficultyTurnsWithTheSecondsBetween() {
    long before = 2_048_000_000L;
    long step = 1_000_000;
    assertEquals(before + step, next(before, 12, Fork.FRONTIER, 10));
    assertEquals(before - step, next(before, 13, Fork.FRONTIER, 10));
    assertEquals(before + step, next(before, 9, Fork.HOMESTEAD, 10));
    assertEquals(before, next(before, 10, Fork.HOMESTEAD, 10));
    assertEquals(before - 99 * step, next(before, 5_000, Fork.HOMESTEAD, 10));
    assertEquals(before + step, next(before, 8, Fork.BYZANTIUM, 10));
    assertEquals(before, next(before, 9, Fork.BYZANTIUM, 10));
  }

  @Test
  void bombStartsAndIsDelayed() {
    long before = 2_048_000_000L;
    assertEquals(before, next(before, 10, Fork.HOMESTEAD, 199_999));
    assertEquals(before + 1, next(before, 10, Fork.HOMESTEAD, 200_000));
    assertEquals(before + 4, next(before, 10, Fork.HOMESTEAD, 400_000));
    assertEquals(before, next(before, 9, Fork.BYZANTIUM, 3_199_999));
    assertEquals(before + 1, next(before, 9, Fork.BYZANTIUM, 3_200_000));
    assertEquals(before + 1, next(before, 9, Fork.LONDON, 9_900_000));
  }

  private static long next(long before, long seconds, Fork fork, long number) {
    HeaderDraft parent = new HeaderDraft();
    parent.timestamp = 0;
    parent.number = number - 1;
    parent.difficulty = UInt256.of(before);
    HeaderDraft child = new HeaderDraft();
    child.number = number;
    child.timestamp = seconds;
    return Difficulty.of(child.build(), parent.build(), fork).limb0();
  }

  @Test
  void blobExcessFollowsTheScheduleOfTheChild() {
    HeaderDraft parent = HeaderDraft.of(Fork.PRAGUE);
    parent.excessBlobGas = 10L << 17;
    parent.blobGasUsed = 9L << 17;
    parent.baseFee = UInt256.ONE;
    assertEquals(13L << 17, BlobFee.excessAfter(parent.build(), Fork.PRAGUE));
    assertEquals(16L << 17, BlobFee.excessAfter(parent.build(), Fork.CANCUN));
    assertEquals(13L << 17, BlobFee.excessAfter(parent.build(), Fork.OSAKA));
    parent.baseFee = UInt256.of(1_000_000_000);
    assertEquals(
        (10L << 17) + (9L << 17) / 3, BlobFee.excessAfter(parent.build(), Fork.OSAKA), "EIP-7918");
  }

  @Test
  void blobFeeOfTheSpecification() {
    assertEquals(UInt256.ONE, BlobFee.of(0, Fork.CANCUN.blobSchedule()));
    assertEquals(UInt256.ONE, BlobFee.of(2_314_057, Fork.CANCUN.blobSchedule()));
    assertEquals(UInt256.of(2), BlobFee.of(2_314_058, Fork.CANCUN.blobSchedule()));
    assertEquals(UInt256.of(23), BlobFee.of(10L * 1_024 * 1_024, Fork.CANCUN.blobSchedule()));
  }
}
