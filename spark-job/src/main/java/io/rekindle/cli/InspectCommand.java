package io.rekindle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.inspect.Inspection;
import io.rekindle.job.inspect.InspectionReport;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rekindle inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says what an archive holds: blocks, gaps, transactions, receipts, and what vouches for them.",
      "Reads all of it; damage is named with its place. Exit code 3 where --verify finds a mismatch."
    })
final class InspectCommand implements Callable<Integer> {
  private static final int VERIFICATION_FAILED = 3;

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "ARCHIVE",
      description =
          "File or folder: RLP, JSON lines, era1, ere, Parquet or dumps, on any Hadoop file system.")
  private String archive;

  @Option(
      names = "--verify",
      description =
          "Hold each block against its header, without executing it: the roots of transactions,"
              + " ommers and withdrawals, and of receipts, with their gas and blooms, where there"
              + " are any.")
  private boolean verify;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Inspection inspection = Inspection.of(Archives.open(archive, new Configuration()), verify);
    InspectionReport report = new InspectionReport(archive, inspection, verify);
    if (json) {
      command.commandLine().getOut().println(new ObjectMapper().writeValueAsString(report.toMap()));
    } else {
      report.print(command.commandLine().getOut());
    }
    return inspection.failures().isEmpty() ? Rekindle.OK : VERIFICATION_FAILED;
  }
}
