package io.rekindle.cli;

import io.rekindle.evm.fork.Fork;
import io.rekindle.job.generate.ChainGenerator;
import io.rekindle.job.generate.ChainGenerator.Summary;
import io.rekindle.job.generate.GeneratorSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rekindle generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a chain for load tests out of the contracts in workloads/: genesis.json and chain.rlp.",
      "The same options give the same chain, bit for bit."
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write to; a chain that is there is replaced.")
  private Path out;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "100",
      description = "Blocks after the genesis; default: ${DEFAULT-VALUE}.")
  private int blocks;

  @Option(
      names = "--gas",
      paramLabel = "GAS",
      defaultValue = "15000000",
      description =
          "Gas that a block uses on average, half of its limit; default: ${DEFAULT-VALUE}.")
  private long gas;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Accounts that send and receive; default: ${DEFAULT-VALUE}.")
  private int accounts;

  @Option(
      names = "--mix",
      paramLabel = "NAME=WEIGHT,...",
      description =
          "What is sent, such as payment=30,token=50,swap=20; default: all that the fork allows.")
  private String mix;

  @Option(
      names = "--hot-spot",
      paramLabel = "E",
      defaultValue = "0.8",
      description =
          "Exponent of the power law of popularity; 0 makes all alike; default: ${DEFAULT-VALUE}.")
  private double hotSpot;

  @Option(
      names = "--conflict-rate",
      paramLabel = "R",
      defaultValue = "0",
      description = "Share of receivers and tokens, 0 to 1, that are the hottest one; default: 0.")
  private double conflictRate;

  @Option(
      names = "--fork",
      paramLabel = "NAME",
      defaultValue = "Osaka",
      description = "Rules from the genesis on: Paris to Osaka; default: ${DEFAULT-VALUE}.")
  private String fork;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed, another chain; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    Fork rules = GeneratorSettings.forkNamed(fork);
    GeneratorSettings settings =
        new GeneratorSettings(
            blocks,
            gas,
            accounts,
            hotSpot,
            conflictRate,
            rules,
            seed,
            mix == null ? GeneratorSettings.usualMix(rules) : GeneratorSettings.parseMix(mix));
    Summary made = new ChainGenerator(settings).write(out);
    command
        .commandLine()
        .getOut()
        .printf(
            "%d blocks, %d transactions (%d failed), %d gas; head %s, state root %s%n",
            made.blocks(),
            made.transactions(),
            made.failed(),
            made.gas(),
            made.head(),
            made.stateRoot());
    return Rekindle.OK;
  }
}
