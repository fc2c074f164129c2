package io.rekindle.cli;

import io.rekindle.job.Reexecution;
import io.rekindle.job.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rekindle reexecute}. */
@Command(
    name = "reexecute",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Re-executes the blocks of an archive and proves that they match their headers.",
      "Without arguments: the sample chain that ships with Rekindle, on all cores."
    })
final class ReexecuteCommand implements Callable<Integer> {
  private static final int VERIFICATION_FAILED = 3;

  @Spec private CommandSpec command;

  @Option(
      names = "--archive",
      paramLabel = "PATH",
      description = "Blocks: RLP, era1, ere or dumps.")
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
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = "clusters",
      description = "How units are partitioned; default: ${DEFAULT-VALUE}.")
  private String strategy;

  @Option(
      names = "--window-gas",
      paramLabel = "GAS",
      defaultValue = "200000000",
      description = "Gas after which a window is closed; default: ${DEFAULT-VALUE}.")
  private long windowGas;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master; default: the one that spark-submit gives, or local[*].")
  private String master;

  @Override
  public Integer call() throws Exception {
    String archivePath = archive;
    String chainChoice = chain;
    if (archivePath == null) {
      Path sample = sample();
      archivePath = sample.resolve("chain.rlp.gz").toString();
      chainChoice = chain == null ? sample.resolve("genesis.json").toString() : chain;
    }
    RunReport report =
        new Reexecution(archivePath, chainChoice == null ? "mainnet" : chainChoice)
            .range(from, to)
            .strategy(strategy)
            .windowGas(windowGas)
            .master(master)
            .run();
    report.print(command.commandLine().getOut());
    return report.passed() ? Rekindle.OK : VERIFICATION_FAILED;
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
