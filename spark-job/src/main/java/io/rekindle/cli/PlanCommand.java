package io.rekindle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.rekindle.job.PlanChoice;
import io.rekindle.job.PlanStudy;
import io.rekindle.partitioner.KeyLevel;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rekindle plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says how much parallelism windows of an archive hold, and how they would be planned.",
      "Clusters, critical path and keys that are cut, by slot and by account, and for 1 to 1,024"
          + " cores, and what came of the plans. Executes the blocks one after another, without"
          + " Spark; costs are gas. Blocks between the state and --from are executed as well, and"
          + " teach; they are not reported on.",
      "Without arguments: the sample chain that ships with Rekindle."
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ChainOptions options;

  @Option(
      names = "--state",
      paramLabel = "PATH",
      description = {
        "State to start from, as for reexecute: a genesis file, a dump of geth's, a state store, a"
            + " folder of prestates, a witness or a folder of them.",
        "Default: the prestates in the archive, or else the chain's genesis."
      })
  private String state;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "clusters",
      description =
          "How units are partitioned: clusters, accounts, blocks, round-robin, serial or versioned;"
              + " several are set beside each other. Default: ${DEFAULT-VALUE}.")
  private List<String> strategies;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "Cores that the plans are for; default: those of this machine.")
  private Integer cores;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "slot",
      description = "How finely clusters tell keys apart: slot or account; default: slot.")
  private KeyLevel level;

  @Option(
      names = "--hints",
      paramLabel = "HINTS",
      defaultValue = "learned",
      description =
          "What plans are made on: learned, from the windows before, as in a first run; or"
              + " observed, as in a run with sidecars. Default: ${DEFAULT-VALUE}.")
  private PlanChoice.Hints hints;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    int chosenCores = cores == null ? Runtime.getRuntime().availableProcessors() : cores;
    PlanChoice choice = new PlanChoice(strategies, level, chosenCores, hints);
    PlanStudy study = options.reexecution().state(state, false).planStudy(choice);
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      out.println(mapper.writeValueAsString(study.json()));
    } else {
      out.print(study.text());
    }
    out.flush();
    return Rekindle.OK;
  }
}
