package io.rekindle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.rekindle.job.DryRun;
import io.rekindle.job.OnMismatch;
import io.rekindle.job.Reexecution;
import io.rekindle.job.RunReport;
import io.rekindle.job.output.FileKind;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rekindle reexecute}. */
@Command(
    name = "reexecute",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = SparkProperties.class,
    description = {
      "Re-executes the blocks of an archive and proves that they match their headers.",
      "Without arguments: the sample chain that ships with Rekindle, on all cores.",
      "Each option can also be given as a property, --window-gas as spark.rekindle.windowGas."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:All checks passed.",
      "1:A defect of Rekindle.",
      "2:Bad input or options, named in one line.",
      "3:A block contradicts its header."
    })
final class ReexecuteCommand implements Callable<Integer> {
  static final int VERIFICATION_FAILED = 3;

  @Spec private CommandSpec command;

  @Mixin private ChainOptions options;

  @Option(
      names = "--state",
      paramLabel = "PATH",
      description = {
        "State to start from: a genesis file, a dump of geth's, a state store; or for each block"
            + " on its own: a folder of prestates, a witness, a folder of witnesses; or for each"
            + " unit: the --out of an earlier run, for its sidecars.",
        "Default: the prestates in the archive, or else the chain's genesis."
      })
  private String state;

  @Option(
      names = "--strict",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Fail a block that reads what its prestate does not list.")
  private boolean strict;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Folder for the tables, on any Hadoop file system. A run that ended early there is"
            + " continued.",
        "Default: none are written; for the sample, out/sample, anew each time."
      })
  private String out;

  @Option(
      names = "--tables",
      paramLabel = "NAME",
      split = ",",
      description = "Tables to write; default: all but traces.")
  private List<String> tables;

  @Option(
      names = "--overwrite",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Replace the tables in --out, instead of continuing the run that wrote them.")
  private boolean overwrite;

  @Option(
      names = "--on-mismatch",
      paramLabel = "POLICY",
      defaultValue = "stop",
      description = "Where a check fails, stop or record it; default: ${DEFAULT-VALUE}.")
  private OnMismatch onMismatch;

  @Option(
      names = "--verify",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Read the tables again at the end, and hold them against manifests and headers.")
  private boolean verify;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "How units are partitioned; default: clusters, or versioned with sidecars.")
  private String strategy;

  @Option(
      names = "--windows-ahead",
      paramLabel = "N",
      description =
          "Windows that execute beside the one being merged, where sidecars, prestates or witnesses"
              + " make them independent; default: 2, more on many cores.")
  private Integer windowsAhead;

  @Option(
      names = "--ranges",
      paramLabel = "N",
      description =
          "Ranges that run side by side where a state store has several states to start them from;"
              + " each takes the memory of a state on the driver. Default: 2, more on many cores.")
  private Integer ranges;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description = "Files of the tables: parquet, orc or json; default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--encoding",
      paramLabel = "ENCODING",
      defaultValue = "hex",
      description = "Hashes, addresses and bytes: hex or binary; default: ${DEFAULT-VALUE}.")
  private String encoding;

  @Option(
      names = "--group-blocks",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Blocks after which rows are committed; default: ${DEFAULT-VALUE}.")
  private int groupBlocks;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master; default: the one that spark-submit gives, or local[*].")
  private String master;

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Say what the run would do, and do nothing.")
  private boolean dryRun;

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Print the summary as JSON.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where the HTML report goes; default: report.html in --out.")
  private String report;

  @Override
  public Integer call() throws Exception {
    SparkProperties.refuseUnknown(command);
    Reexecution run = reexecution();
    PrintWriter print = command.commandLine().getOut();
    if (dryRun) {
      DryRun plan = run.dryRun();
      print(print, json ? plan.json() : null, plan.text());
      return Rekindle.OK;
    }
    RunReport found = run.run();
    print(print, json ? found.json() : null, found.text());
    return found.passed() ? Rekindle.OK : VERIFICATION_FAILED;
  }

  private static void print(PrintWriter out, Object json, String text) throws IOException {
    out.print(
        json == null
            ? text
            : new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json)
                + System.lineSeparator());
    out.flush();
  }

  private Reexecution reexecution() {
    String folder = out;
    boolean replace = overwrite;
    if (options.isSample() && folder == null) {
      // The sample's own folder, made anew each time.
      folder = Path.of(System.getProperty("rekindle.home", "."), "out", "sample").toString();
      replace = true;
    }
    return options
        .reexecution()
        .strategy(strategy)
        .windowsAhead(windowsAhead)
        .rangesAtOnce(ranges)
        .groupBlocks(groupBlocks)
        .master(master)
        .state(state, strict)
        .out(folder, replace)
        .tables(wanted())
        .files(FileKind.named(format), Encoding.named(encoding))
        .onMismatch(onMismatch)
        .verify(verify)
        .report(report);
  }

  private Set<Table> wanted() {
    return tables == null
        ? Table.byDefault()
        : tables.stream().map(String::strip).map(Table::named).collect(Collectors.toSet());
  }
}
