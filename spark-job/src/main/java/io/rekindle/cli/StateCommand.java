package io.rekindle.cli;

import io.rekindle.snapshot.store.StateStoreException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rekindle state}: what keeps and shows state stores. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Makes, checks, shows and compares state stores: a state in sorted files with its root.",
      "STORE is a folder on any Hadoop file system; STORE@BLOCK is its state after that block."
    },
    subcommands = {
      StateImportCommand.class,
      StateVerifyCommand.class,
      StateShowCommand.class,
      StateDiffCommand.class
    })
final class StateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        command.commandLine(), "name what to do: import, verify, show or diff");
  }

  /** Whether an error says that a store is not what was written. */
  static boolean isDamage(Exception error) {
    Throwable cause = error.getCause() instanceof StateStoreException ? error.getCause() : error;
    return cause instanceof StateStoreException store
        && switch (store.problem()) {
          case CHECKSUM, TRUNCATED, CONTENT -> true;
          case ABSENT, EXISTS, VERSION, CONCURRENT_WRITE -> false;
        };
  }
}
