package io.rekindle.evm.fork;

import io.rekindle.evm.fork.ForkSchedule.Activation;
import io.rekindle.evm.fork.ForkSchedule.AtBlock;
import io.rekindle.evm.fork.ForkSchedule.AtTime;
import io.rekindle.evm.fork.ForkSchedule.AtTotalDifficulty;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What tells one chain's rules from another's.
 *
 * @param chainId EIP-155's
 * @param daoForkBlock the number of the block that moves the DAO's balances (EIP-779), or null
 * @param depositContract whose logs are deposit requests (EIP-6110)
 * @param fixedDifficulty of all blocks of a development chain, or null where a rule gives it
 */
public record ChainSpec(
    String name,
    UInt256 chainId,
    ForkSchedule schedule,
    Long daoForkBlock,
    Address depositContract,
    UInt256 fixedDifficulty) {
  private static final Address DEPOSIT_CONTRACT =
      Address.ofHex("0x00000000219ab540356cbb839cbe05303d7705fa");

  /** Blocks from the DAO fork's on whose extra data is prescribed (EIP-779). */
  private static final int DAO_EXTRA_DATA_BLOCKS = 10;

  public static final ChainSpec MAINNET =
      new ChainSpec(
          "mainnet",
          UInt256.ONE,
          ForkSchedule.of(
              List.of(
                  atBlock(Fork.HOMESTEAD, 1_150_000),
                  atBlock(Fork.DAO, 1_920_000),
                  atBlock(Fork.TANGERINE_WHISTLE, 2_463_000),
                  atBlock(Fork.SPURIOUS_DRAGON, 2_675_000),
                  atBlock(Fork.BYZANTIUM, 4_370_000),
                  atBlock(Fork.PETERSBURG, 7_280_000),
                  atBlock(Fork.ISTANBUL, 9_069_000),
                  atBlock(Fork.MUIR_GLACIER, 9_200_000),
                  atBlock(Fork.BERLIN, 12_244_000),
                  atBlock(Fork.LONDON, 12_965_000),
                  atBlock(Fork.ARROW_GLACIER, 13_773_000),
                  atBlock(Fork.GRAY_GLACIER, 15_050_000),
                  merge("58750000000000000000000", 15_537_394),
                  atTime(Fork.SHANGHAI, 1_681_338_455L),
                  atTime(Fork.CANCUN, 1_710_338_135L),
                  atTime(Fork.PRAGUE, 1_746_612_311L),
                  atTime(Fork.OSAKA, 1_764_798_551L),
                  atTime(Forks.BPO1, 1_765_290_071L),
                  atTime(Forks.BPO2, 1_767_747_671L))),
          1_920_000L,
          DEPOSIT_CONTRACT,
          null);

  public static final ChainSpec SEPOLIA =
      new ChainSpec(
          "sepolia",
          UInt256.of(11_155_111),
          ForkSchedule.of(
              List.of(
                  atBlock(Fork.LONDON, 0),
                  merge("17000000000000000", 1_450_409),
                  atTime(Fork.SHANGHAI, 1_677_557_088L),
                  atTime(Fork.CANCUN, 1_706_655_072L),
                  atTime(Fork.PRAGUE, 1_741_159_776L),
                  atTime(Fork.OSAKA, 1_760_427_360L),
                  atTime(Forks.BPO1, 1_761_017_184L),
                  atTime(Forks.BPO2, 1_761_607_008L))),
          null,
          Address.ofHex("0x7f02c3e3c98b133055b8b348b2ac625669ed295d"),
          null);

  public static final ChainSpec HOODI =
      new ChainSpec(
          "hoodi",
          UInt256.of(560_048),
          ForkSchedule.of(
              List.of(
                  atBlock(Fork.CANCUN, 0),
                  atTime(Fork.PRAGUE, 1_742_999_832L),
                  atTime(Fork.OSAKA, 1_761_677_592L),
                  atTime(Forks.BPO1, 1_762_365_720L),
                  atTime(Forks.BPO2, 1_762_955_544L))),
          null,
          DEPOSIT_CONTRACT,
          null);

  /** The chains that are known by name. */
  public static final List<ChainSpec> PUBLIC = List.of(MAINNET, SEPOLIA, HOODI);

  public ChainSpec {
    Objects.requireNonNull(name);
    Objects.requireNonNull(chainId);
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(depositContract);
  }

  /**
   * A public chain by its name: mainnet, sepolia, hoodi.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static ChainSpec ofName(String name) {
    for (ChainSpec chain : PUBLIC) {
      if (chain.name().equals(name)) {
        return chain;
      }
    }
    throw new IllegalArgumentException(
        "no chain " + name + " is known, only mainnet, sepolia and hoodi");
  }

  /**
   * The chain of a test suite's network: a fork's name such as {@code Berlin}, or a transition such
   * as {@code BerlinToLondonAt5}, {@code ParisToShanghaiAtTime15k} or {@code
   * ArrowGlacierToParisAtDiffC0000}.
   *
   * @throws IllegalArgumentException where a fork in the name is not known
   */
  public static ChainSpec ofNetwork(String network) {
    Long daoForkBlock = null;
    ForkSchedule schedule = TestNetwork.schedule(network);
    for (Activation activation : schedule.activations()) {
      if (activation.fork() == Fork.DAO && activation.trigger() instanceof AtBlock at) {
        daoForkBlock = at.number() == 0 ? null : at.number();
      }
    }
    return new ChainSpec(network, UInt256.ONE, schedule, daoForkBlock, DEPOSIT_CONTRACT, null);
  }

  /**
   * The rules of a block; see {@link ForkSchedule#forkAt(long, long)}.
   *
   * @param timestamp in seconds
   */
  public Fork forkAt(long number, long timestamp) {
    return schedule.forkAt(number, timestamp);
  }

  /**
   * The rules of a block; see {@link ForkSchedule#forkAt(long, long, UInt256)}.
   *
   * @param parentTotalDifficulty the sum of difficulties from genesis to the block's parent
   */
  public Fork forkAt(long number, long timestamp, UInt256 parentTotalDifficulty) {
    return schedule.forkAt(number, timestamp, parentTotalDifficulty);
  }

  /** Whether the rules of blocks depend on total difficulty, which has to be summed up then. */
  public boolean needsTotalDifficulty() {
    return schedule.activations().stream()
        .anyMatch(a -> a.trigger() instanceof AtTotalDifficulty at && at.block() == null);
  }

  /** Whether the block moves the DAO's balances (EIP-779). */
  public boolean isDaoFork(long number) {
    return daoForkBlock != null && daoForkBlock == number;
  }

  /** Whether the block's extra data must be the DAO fork's mark (EIP-779). */
  public boolean requiresDaoExtraData(long number) {
    return daoForkBlock != null
        && number >= daoForkBlock
        && number < daoForkBlock + DAO_EXTRA_DATA_BLOCKS;
  }

  /** The same chain with another id. */
  public ChainSpec withChainId(UInt256 newChainId) {
    return new ChainSpec(
        name, newChainId, schedule, daoForkBlock, depositContract, fixedDifficulty);
  }

  /**
   * The same chain with other blob schedules.
   *
   * @param schedules by the names of forks, in any case
   */
  public ChainSpec withBlobSchedules(Map<String, BlobSchedule> schedules) {
    return new ChainSpec(
        name,
        chainId,
        schedule.withBlobSchedules(schedules),
        daoForkBlock,
        depositContract,
        fixedDifficulty);
  }

  private static Activation atBlock(Fork fork, long number) {
    return new Activation(fork, new AtBlock(number));
  }

  private static Activation atTime(Fork fork, long timestamp) {
    return new Activation(fork, new AtTime(timestamp));
  }

  private static Activation merge(String terminalTotalDifficulty, long block) {
    return new Activation(
        Fork.PARIS,
        new AtTotalDifficulty(UInt256.of(new BigInteger(terminalTotalDifficulty)), block));
  }
}
