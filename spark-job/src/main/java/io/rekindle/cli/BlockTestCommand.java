package io.rekindle.cli;

import io.rekindle.conformance.Suite;
import io.rekindle.partitioner.Partitioner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rekindle blocktest}. */
@Command(
    name = "blocktest",
    mixinStandardHelpOptions = true,
    description =
        "Runs official blockchain tests: blocks to import or to reject, with the head and its state at the end.")
final class BlockTestCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private SuiteOptions options;

  @Option(
      names = "--partitioned",
      description = "Execute every block in partitions on threads, and merge them.")
  private boolean partitioned;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = Partitioner.DEFAULT,
      description = "How --partitioned plans the partitions, ${DEFAULT-VALUE} by default.")
  private String strategy;

  @Override
  public Integer call() {
    Partitioner.byName(strategy);
    return options.run(
        command,
        (engines, selection, threads) ->
            partitioned
                ? Suite.partitionedBlockchainTests(engines, strategy, selection, threads)
                : Suite.blockchainTests(engines, selection, threads));
  }
}
