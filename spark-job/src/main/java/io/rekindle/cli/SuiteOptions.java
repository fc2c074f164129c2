package io.rekindle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.conformance.CaseResult;
import io.rekindle.conformance.Selection;
import io.rekindle.conformance.Suite;
import io.rekindle.conformance.Tally;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.engine.EvmEngine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options and output of the commands that run suites of test cases. */
final class SuiteOptions {
  /** Makes the suite of a command. */
  @FunctionalInterface
  interface SuiteFactory {
    Suite create(Supplier<EvmEngine> engines, Selection selection, int threads);
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "A JSON file of test cases, or a folder or zip of them.")
  private List<Path> paths;

  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      description = "Run only cases in whose name or file's name the expression is found.")
  private String filter;

  @Option(
      names = "--fork",
      paramLabel = "NAME",
      description = "Run only cases of this fork or network, such as Prague.")
  private String fork;

  @Option(
      names = "--json",
      description =
          "Write a JSON object for each case and one with the counts; the last line goes to"
              + " standard error.")
  private boolean json;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = Engines.DEFAULT,
      description = "The interpreter to run, ${DEFAULT-VALUE} by default.")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to run on, one a core by default.")
  private Integer threads;

  /** Runs the suite and prints its verdicts; gives the exit code. */
  int run(CommandSpec command, SuiteFactory factory) {
    CommandLine line = command.commandLine();
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (workers < 1) {
      throw new IllegalArgumentException("--threads must be at least 1, not " + workers);
    }
    Suite suite = factory.create(Engines.named(engine), new Selection(pattern(), fork), workers);
    PrintWriter out = line.getOut();
    Tally tally = suite.run(paths, json ? result -> printJson(out, result) : r -> print(out, r));
    if (tally.passed() + tally.failed() == 0) {
      throw new IllegalArgumentException(
          "no case of the files is one that --filter and --fork ask for");
    }
    if (json) {
      out.println(
          new ObjectMapper()
              .createObjectNode()
              .put("passed", tally.passed())
              .put("failed", tally.failed()));
      line.getErr().println(tally);
    } else {
      out.println(tally);
    }
    return tally.failed() == 0 ? Rekindle.OK : Rekindle.CHECK_FAILED;
  }

  private Pattern pattern() {
    try {
      return filter == null ? null : Pattern.compile(filter);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--filter is no regular expression: " + e.getDescription() + " in " + filter, e);
    }
  }

  private static void print(PrintWriter out, CaseResult result) {
    if (!result.passed()) {
      out.println("FAILED " + result.file() + " " + result.name() + ": " + result.failure());
    }
  }

  private static void printJson(PrintWriter out, CaseResult result) {
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("file", result.file())
            .put("name", result.name())
            .put("fork", result.fork())
            .put("pass", result.passed());
    if (!result.passed()) {
      node.put("error", result.failure());
    }
    out.println(node);
  }
}
