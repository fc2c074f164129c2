package io.rekindle.cli;

import io.rekindle.job.ErrorReport;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's entry point. */
@Command(
    name = "rekindle",
    description = "Re-executes Ethereum's history on Apache Spark.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Rekindle.Version.class,
    subcommands = {
      ReexecuteCommand.class,
      CompactCommand.class,
      PlanCommand.class,
      InspectCommand.class,
      FetchCommand.class,
      GenerateCommand.class,
      StateCommand.class,
      StateTestCommand.class,
      BlockTestCommand.class
    })
public final class Rekindle {
  static final int OK = 0;
  static final int CHECK_FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int VERIFICATION_FAILED = 3;

  private static final int HELP_WIDTH = 100;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  private Rekindle() {}

  public static void main(String[] arguments) {
    // Spark's own set-up is the one who submits the job; here its log would drown the summary.
    if (!isSubmitted() && System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "rekindle-log4j2.properties");
    }
    int code = commandLine().execute(arguments);
    // A cluster takes an exit before the end of main for a failure, whatever its code.
    if (code != OK || !isSubmitted()) {
      System.exit(code);
    }
  }

  /**
   * Whether Spark has started this process: spark-submit itself leaves the first property, a
   * cluster that starts the driver the second.
   */
  private static boolean isSubmitted() {
    return System.getProperty("SPARK_SUBMIT") != null
        || System.getProperty("spark.submit.deployMode") != null;
  }

  /** Runs a command line with its output to the given writers, and gives its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  static CommandLine commandLine() {
    Rekindle rekindle = new Rekindle();
    return new CommandLine(rekindle)
        .setExecutionExceptionHandler(rekindle::report)
        .setParameterExceptionHandler(Rekindle::reportUsage)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH);
  }

  /** One line on standard error; the stack trace on demand. */
  private int report(Exception error, CommandLine command, ParseResult parsed) {
    if (debug) {
      error.printStackTrace(command.getErr());
    } else {
      tell(command, ErrorReport.oneLine(error));
    }
    if (StateCommand.isDamage(error)) {
      return VERIFICATION_FAILED;
    }
    return ErrorReport.isBadInput(error) ? BAD_INPUT : CHECK_FAILED;
  }

  private static int reportUsage(CommandLine.ParameterException error, String[] arguments) {
    List<String> near =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    tell(
        error.getCommandLine(),
        ErrorReport.oneLine(error)
            + (near.isEmpty() ? "" : "; near it: " + String.join(", ", near)));
    return BAD_INPUT;
  }

  private static void tell(CommandLine command, String line) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + line);
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Rekindle.class.getPackage().getImplementationVersion();
      return new String[] {"rekindle " + (version == null ? "(built from source)" : version)};
    }
  }
}
