package io.rekindle.evm.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.fork.BlobSchedule;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.fork.ForkSchedule;
import io.rekindle.evm.fork.ForkSchedule.Activation;
import io.rekindle.evm.fork.ForkSchedule.AtBlock;
import io.rekindle.evm.fork.ForkSchedule.AtTime;
import io.rekindle.evm.fork.ForkSchedule.AtTotalDifficulty;
import io.rekindle.evm.fork.ForkSchedule.Trigger;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The {@code config} object of a genesis file, geth's or Besu's, as a chain specification. */
final class GenesisConfig {
  private static final Map<String, Fork> BY_BLOCK = byBlock();
  private static final Map<String, Fork> BY_TIME = byTime();

  /** Blob-parameter-only forks (EIP-7892) that a schedule may name. */
  private static final int BPO_FORKS = 5;

  /** Block numbers that are no fork of the rules. */
  private static final Set<String> OTHER_BLOCKS =
      Set.of("eip155block", "mergenetsplitblock", "premergeforkblock");

  private GenesisConfig() {}

  private static Map<String, Fork> byBlock() {
    Map<String, Fork> forks = new LinkedHashMap<>();
    forks.put("homesteadblock", Fork.HOMESTEAD);
    forks.put("daoforkblock", Fork.DAO);
    forks.put("eip150block", Fork.TANGERINE_WHISTLE);
    forks.put("eip158block", Fork.SPURIOUS_DRAGON);
    forks.put("byzantiumblock", Fork.BYZANTIUM);
    forks.put("constantinopleblock", Fork.CONSTANTINOPLE);
    forks.put("constantinoplefixblock", Fork.PETERSBURG);
    forks.put("petersburgblock", Fork.PETERSBURG);
    forks.put("istanbulblock", Fork.ISTANBUL);
    forks.put("muirglacierblock", Fork.MUIR_GLACIER);
    forks.put("berlinblock", Fork.BERLIN);
    forks.put("londonblock", Fork.LONDON);
    forks.put("arrowglacierblock", Fork.ARROW_GLACIER);
    forks.put("grayglacierblock", Fork.GRAY_GLACIER);
    return forks;
  }

  private static Map<String, Fork> byTime() {
    Map<String, Fork> forks = new LinkedHashMap<>();
    forks.put("shanghaitime", Fork.SHANGHAI);
    forks.put("cancuntime", Fork.CANCUN);
    forks.put("praguetime", Fork.PRAGUE);
    forks.put("osakatime", Fork.OSAKA);
    return forks;
  }

  /**
   * @param genesisDifficulty says whether the merge happens at the first block
   */
  static ChainSpec read(JsonFields config, UInt256 genesisDifficulty) {
    Map<String, String> names = lowerCaseNames(config);
    rejectUnknown(config, names);
    UInt256 chainId = config.uint256("chainId");
    Long daoForkBlock = daoForkBlock(config);
    List<Activation> activations = new ArrayList<>();
    addBlocks(config, names, daoForkBlock, activations);
    addMerge(config, chainId, genesisDifficulty, activations);
    addTimes(config, names, activations);
    return new ChainSpec(
        name(chainId),
        chainId,
        ForkSchedule.of(activations),
        daoForkBlock,
        config.has("depositContractAddress")
            ? config.address("depositContractAddress")
            : ChainSpec.MAINNET.depositContract(),
        fixedDifficulty(config));
  }

  private static String name(UInt256 chainId) {
    for (ChainSpec known : List.of(ChainSpec.MAINNET, ChainSpec.SEPOLIA, ChainSpec.HOODI)) {
      if (known.chainId().equals(chainId)) {
        return known.name();
      }
    }
    return "chain-" + chainId;
  }

  /** The names of the fields by their lower-case form: files differ in case. */
  private static Map<String, String> lowerCaseNames(JsonFields config) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Iterator<String> fields = config.node().fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (config.has(field)) {
        names.put(field.toLowerCase(Locale.ROOT), field);
      }
    }
    return names;
  }

  /** A fork that is not known would be passed over, and every block behind it be wrong. */
  private static void rejectUnknown(JsonFields config, Map<String, String> names) {
    names.forEach(
        (lower, name) -> {
          boolean unknownBlock =
              lower.endsWith("block")
                  && !BY_BLOCK.containsKey(lower)
                  && !OTHER_BLOCKS.contains(lower);
          boolean unknownTime =
              lower.endsWith("time")
                  && !BY_TIME.containsKey(lower)
                  && !lower.matches("bpo[1-5]time");
          if (unknownBlock || unknownTime) {
            throw config.error(name, "this fork is not known");
          }
        });
    if (config.has("eip155Block")
        && config.has("eip158Block")
        && config.uint64("eip155Block") != config.uint64("eip158Block")) {
      throw config.error("eip155Block", "differs from eip158Block, which no rules here allow");
    }
  }

  private static Long daoForkBlock(JsonFields config) {
    boolean opposed =
        config.has("daoForkSupport") && !config.node().get("daoForkSupport").asBoolean();
    return config.has("daoForkBlock") && !opposed ? (Long) config.uint64("daoForkBlock") : null;
  }

  private static void addBlocks(
      JsonFields config, Map<String, String> names, Long daoForkBlock, List<Activation> to) {
    BY_BLOCK.forEach(
        (lower, fork) -> {
          if (names.containsKey(lower) && (fork != Fork.DAO || daoForkBlock != null)) {
            to.add(new Activation(fork, new AtBlock(config.uint64(names.get(lower)))));
          } else if (lower.equals("petersburgblock")
              && names.containsKey("constantinopleblock")
              && !names.containsKey("constantinoplefixblock")) {
            // Constantinople alone means Constantinople as it went live: with Petersburg.
            to.add(
                new Activation(fork, new AtBlock(config.uint64(names.get("constantinopleblock")))));
          }
        });
  }

  private static void addMerge(
      JsonFields config, UInt256 chainId, UInt256 genesisDifficulty, List<Activation> to) {
    if (!config.has("terminalTotalDifficulty")) {
      return;
    }
    UInt256 terminal = config.uint256("terminalTotalDifficulty");
    Long block = null;
    if (terminal.isZero()) {
      block = 0L;
    } else if (genesisDifficulty.compareTo(terminal) >= 0) {
      block = 1L;
    } else {
      for (ChainSpec known : List.of(ChainSpec.MAINNET, ChainSpec.SEPOLIA)) {
        if (known.chainId().equals(chainId)) {
          block = knownMerge(known, terminal);
        }
      }
    }
    to.add(new Activation(Fork.PARIS, new AtTotalDifficulty(terminal, block)));
  }

  private static Long knownMerge(ChainSpec known, UInt256 terminal) {
    for (Activation activation : known.schedule().activations()) {
      if (activation.trigger() instanceof AtTotalDifficulty at
          && at.totalDifficulty().equals(terminal)) {
        return at.block();
      }
    }
    return null;
  }

  private static void addTimes(JsonFields config, Map<String, String> names, List<Activation> to) {
    BlobSchedule inherited = null;
    for (Map.Entry<String, Fork> entry : BY_TIME.entrySet()) {
      Fork fork = entry.getValue();
      BlobSchedule own = blobSchedule(config, fork.name());
      // Osaka keeps the schedule of before unless it has its own (EIP-7892).
      BlobSchedule schedule =
          own != null
              ? own
              : fork == Fork.OSAKA && inherited != null ? inherited : fork.blobSchedule();
      inherited = own != null ? own : inherited;
      if (names.containsKey(entry.getKey())) {
        Fork adapted =
            schedule == null || schedule.equals(fork.blobSchedule())
                ? fork
                : fork.withBlobSchedule(fork.name(), schedule);
        to.add(new Activation(adapted, atTime(config, names.get(entry.getKey()))));
      }
    }
    for (int i = 1; i <= BPO_FORKS; i++) {
      String name = names.get("bpo" + i + "time");
      if (name != null) {
        BlobSchedule schedule = blobSchedule(config, "BPO" + i);
        if (schedule == null) {
          throw config.error("blobSchedule.bpo" + i, "missing, though " + name + " is there");
        }
        Fork fork = Fork.OSAKA.withBlobSchedule("BPO" + i, schedule);
        to.add(new Activation(fork, atTime(config, name)));
      }
    }
  }

  private static Trigger atTime(JsonFields config, String name) {
    return new AtTime(config.uint64(name));
  }

  private static BlobSchedule blobSchedule(JsonFields config, String fork) {
    if (!config.has("blobSchedule")) {
      return null;
    }
    JsonFields schedules = config.object("blobSchedule");
    for (Iterator<String> names = schedules.node().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.equalsIgnoreCase(fork)) {
        JsonFields schedule = schedules.object(name);
        return new BlobSchedule(
            Math.toIntExact(schedule.uint64("target")),
            Math.toIntExact(schedule.uint64("max")),
            schedule.uint64("baseFeeUpdateFraction"));
      }
    }
    return null;
  }

  private static UInt256 fixedDifficulty(JsonFields config) {
    if (!config.has("ethash")) {
      return null;
    }
    JsonNode ethash = config.node().get("ethash");
    for (Iterator<String> names = ethash.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.equalsIgnoreCase("fixedDifficulty")) {
        return config.object("ethash").uint256(name);
      }
    }
    return null;
  }
}
