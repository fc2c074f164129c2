package io.rekindle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.importer.StateFileKind;
import io.rekindle.snapshot.store.StateImport;
import io.rekindle.snapshot.store.StateStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rekindle state import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a store of a file of state, told by content.",
      "A genesis file, geth's dump of a whole state (JSON lines, or one object), an execution"
          + " witness, or prestate dumps, one, several or a folder of them; packed with gzip or not."
          + " Witnesses and prestate dumps make partial states.",
      "Exit code 3 where a state is not the one that its root says."
    })
final class StateImportCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "STORE",
      description = "Folder to write to, on any Hadoop file system; holds no store yet.")
  private String store;

  @Option(
      names = "--block",
      paramLabel = "N",
      description =
          "The state is the one after this block. Default: what a genesis or a witness says, or the"
              + " block before the number in the name of a prestate dump or its folder.")
  private Long block;

  @Option(
      names = "--root",
      paramLabel = "HASH",
      description = "State root to hold the state against; default: the one in the file, if any.")
  private String root;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "16",
      description = "1, 16 or 256 files for accounts and for slots; default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to import.")
  private List<java.nio.file.Path> inputs;

  @Override
  public Integer call() throws Exception {
    if (partitions != 1 && partitions != 16 && partitions != 256) {
      throw new IllegalArgumentException("--partitions: 1, 16 or 256, not " + partitions);
    }
    Path path = new Path(store);
    FileSystem fs = StoreArgument.fileSystem(path);
    StateFileKind kind = new StateImport(fs, path, partitions, block, hash()).run(inputs);
    try (StateStore made = StateStore.open(fs, path)) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      if (json) {
        Map<String, Object> fields = StoreArgument.fields(made);
        fields.put("imported", name);
        command.commandLine().getOut().println(new ObjectMapper().writeValueAsString(fields));
      } else {
        command
            .commandLine()
            .getOut()
            .println("imported a " + name + " into " + store + ": " + StoreArgument.line(made));
      }
    }
    return Rekindle.OK;
  }

  private Hash hash() {
    try {
      return root == null ? null : Hash.ofHex(root);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--root: 32 bytes in hexadecimal, not " + root, e);
    }
  }
}
