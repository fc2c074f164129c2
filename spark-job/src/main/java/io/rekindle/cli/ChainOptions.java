package io.rekindle.cli;

import io.rekindle.evm.engine.Engines;
import io.rekindle.job.Reexecution;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of the commands that execute a chain: its blocks, its rules, and how it is cut. */
final class ChainOptions {
  @Option(
      names = "--archive",
      paramLabel = "PATH",
      description = {
        "Blocks: RLP, JSON lines, era1, ere, Parquet or dumps, on any Hadoop file system.",
        "Default: the sample chain."
      })
  private String archive;

  @Option(
      names = "--chain",
      paramLabel = "CHAIN",
      description = "mainnet, sepolia, hoodi, or a genesis file; default: mainnet.")
  private String chain;

  @Option(names = "--from", paramLabel = "N", description = "First block; default: the archive's.")
  private Long from;

  @Option(names = "--to", paramLabel = "N", description = "Last block; default: the archive's.")
  private Long to;

  @Option(
      names = "--window-gas",
      paramLabel = "GAS",
      defaultValue = "200000000",
      description = "Gas after which a window is closed; default: ${DEFAULT-VALUE}.")
  private long windowGas;

  @Option(
      names = "--window-blocks",
      paramLabel = "N",
      defaultValue = "512",
      description = "Blocks after which a window is closed; default: ${DEFAULT-VALUE}.")
  private int windowBlocks;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = Engines.DEFAULT,
      description = "The interpreter to run; default: ${DEFAULT-VALUE}.")
  private String engine;

  /** Whether no archive is named, which is the sample that ships with Rekindle. */
  boolean isSample() {
    return archive == null;
  }

  /** A run over the chain. */
  Reexecution reexecution() {
    Path sample = isSample() ? sample() : null;
    String blocks = isSample() ? sample.resolve("chain.rlp.gz").toString() : archive;
    String usual = isSample() ? sample.resolve("genesis.json").toString() : "mainnet";
    return new Reexecution(blocks, chain == null ? usual : chain)
        .range(from, to)
        .windowGas(windowGas)
        .windowBlocks(windowBlocks)
        .engine(engine);
  }

  private static Path sample() {
    Path sample = Path.of(System.getProperty("rekindle.home", "."), "sample");
    if (!Files.isDirectory(sample)) {
      throw new IllegalArgumentException(
          "the sample chain is not at " + sample + "; name an archive with --archive");
    }
    return sample;
  }
}
