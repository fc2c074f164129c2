package io.rekindle.cli;

import io.rekindle.conformance.Suite;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rekindle statetest}. */
@Command(
    name = "statetest",
    mixinStandardHelpOptions = true,
    description =
        "Runs official state tests: a transaction each, with the state root and the logs after it.")
final class StateTestCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private SuiteOptions options;

  @Override
  public Integer call() {
    return options.run(command, Suite::stateTests);
  }
}
