package io.rekindle.cli;

import io.rekindle.job.CompactRun;
import io.rekindle.job.output.Compaction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rekindle compact}. */
@Command(
    name = "compact",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = SparkProperties.class,
    description = {
      "Merges the small files of a run's tables into larger ones.",
      "Not while a run writes there. Readers that have the old files open fail."
    })
final class CompactCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder that a run was given with --out.")
  private String out;

  @Option(
      names = "--target-mb",
      paramLabel = "MB",
      defaultValue = "1024",
      description =
          "Size up to which groups are merged, all tables in sum; default: ${DEFAULT-VALUE}.")
  private long targetMegabytes;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master; default: the one that spark-submit gives, or local[*].")
  private String master;

  @Override
  public Integer call() throws Exception {
    SparkProperties.refuseUnknown(command);
    if (targetMegabytes < 1) {
      throw new IllegalArgumentException("--target-mb must be at least 1, not " + targetMegabytes);
    }
    Compaction.Result result = CompactRun.run(out, targetMegabytes << 20, master);
    command
        .commandLine()
        .getOut()
        .printf(
            "groups: %d before, %d now; files: %d before, %d now; in %s%n",
            result.groupsBefore(),
            result.groupsAfter(),
            result.filesBefore(),
            result.filesAfter(),
            out);
    return Rekindle.OK;
  }
}
