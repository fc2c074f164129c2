package io.rekindle.cli;

import io.rekindle.conformance.Suite;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public Integer call() {
    return options.run(command, Suite::blockchainTests);
  }
}
