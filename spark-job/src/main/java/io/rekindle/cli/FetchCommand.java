package io.rekindle.cli;

import io.rekindle.job.fetch.BlockFetch;
import io.rekindle.job.fetch.BlockFetch.Result;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rekindle fetch}. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes dumps of a node's blocks, each with the state that it starts from, for reexecute.",
      "The node must keep historical state and offer eth and debug methods. The same command again"
          + " continues where it was broken off."
    })
final class FetchCommand implements Callable<Integer> {
  private static final int PROGRESS = 100;

  @Spec private CommandSpec command;

  @Option(
      names = "--rpc",
      required = true,
      paramLabel = "URL",
      description = "The node's JSON-RPC, such as http://127.0.0.1:8545.")
  private String rpc;

  @Option(names = "--from", required = true, paramLabel = "N", description = "First block.")
  private long from;

  @Option(names = "--to", paramLabel = "N", description = "Last block; default: the first alone.")
  private Long to;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for a folder a block, on any Hadoop file system.")
  private String out;

  @Override
  public Integer call() throws Exception {
    long last = to == null ? from : to;
    BlockFetch fetch = new BlockFetch(rpc, out, new Configuration());
    Result result =
        fetch.fetch(
            from,
            last,
            number -> {
              if ((number - from + 1) % PROGRESS == 0) {
                command.commandLine().getErr().printf("fetched up to block %,d%n", number);
              }
            });
    command
        .commandLine()
        .getOut()
        .printf(
            "%,d blocks fetched, %,d were there; dumps in %s%n",
            result.fetched(), result.present(), out);
    return Rekindle.OK;
  }
}
