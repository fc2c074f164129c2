package io.rekindle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.snapshot.store.StateStore;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rekindle state verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds every file of a store against its checksum and recomputes the state root.",
      "Exit code 3 where something is not as it was written."
    })
final class StateVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "STORE", description = "The store, or STORE@BLOCK.")
  private String store;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (StateStore opened = StoreArgument.open(store)) {
      StateStore.Contents contents = opened.verify();
      if (json) {
        Map<String, Object> fields = StoreArgument.fields(opened);
        fields.put("accounts", contents.accounts());
        fields.put("slots", contents.slots());
        fields.put("codes", contents.codes());
        fields.put("verified", true);
        command.commandLine().getOut().println(new ObjectMapper().writeValueAsString(fields));
      } else {
        command
            .commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%s: verified, %,d accounts, %,d slots and %,d codes in %d layers%n",
                StoreArgument.line(opened),
                contents.accounts(),
                contents.slots(),
                contents.codes(),
                opened.layerCount());
      }
    }
    return Rekindle.OK;
  }
}
