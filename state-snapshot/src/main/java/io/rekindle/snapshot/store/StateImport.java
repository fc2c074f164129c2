package io.rekindle.snapshot.store;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.ExecutionWitness;
import io.rekindle.snapshot.importer.GenesisState;
import io.rekindle.snapshot.importer.GethDump;
import io.rekindle.snapshot.importer.PrestateDump;
import io.rekindle.snapshot.importer.StateFileKind;
import io.rekindle.snapshot.importer.StateInputException;
import io.rekindle.snapshot.trie.TrieState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;

/**
 * Makes a store of a file of state. Genesis files and whole dumps make complete states, proven by
 * their root; prestate dumps and witnesses make partial ones, of which the store says so.
 *
 * @param store the folder, which holds no store yet
 * @param partitions 1, 16 or 256
 * @param blockNumber the state is the one after this block; null where the input says it
 * @param stateRoot what a complete state must have as its root, and a witness is proven against;
 *     null where the input says it, or whatever comes out
 */
public record StateImport(
    FileSystem fs,
    org.apache.hadoop.fs.Path store,
    int partitions,
    Long blockNumber,
    Hash stateRoot) {

  /**
   * Imports one file; of prestate dumps several, oldest first, or a folder.
   *
   * @throws StateInputException where the input cannot be read
   * @throws StateStoreException where there is a store already, or the state is not whole
   */
  public StateFileKind run(List<Path> inputs) throws IOException {
    Path input = inputs.get(0);
    StateFileKind kind = StateFileKind.of(input);
    if (inputs.size() > 1 && kind != StateFileKind.PRESTATE) {
      throw new StateInputException(input.toString(), "only prestate dumps come several at a time");
    }
    switch (kind) {
      case GENESIS -> genesis(input);
      case DUMP -> dump(input);
      case PRESTATE -> prestate(inputs);
      default -> witness(input);
    }
    return kind;
  }

  private StateStoreWriter writer(Unlisted unlisted) throws IOException {
    return new StateStoreWriter(fs, store, partitions, unlisted);
  }

  private void genesis(Path input) throws IOException {
    StateStoreWriter writer = writer(Unlisted.ABSENT);
    Genesis genesis = GenesisState.read(input);
    GenesisState.writeTo(genesis, writer);
    long number = blockNumber == null ? genesis.header().number() : blockNumber;
    writer.commit(number, stateRoot == null ? writer.stateRoot() : stateRoot);
  }

  private void dump(Path input) throws IOException {
    StateStoreWriter writer = writer(Unlisted.ABSENT);
    Hash named = new GethDump(input).writeTo(writer);
    if (stateRoot != null && !stateRoot.equals(named)) {
      throw new StateInputException(
          input.toString(), "the dump is of state root " + named + ", not " + stateRoot);
    }
    writer.commit(known(blockNumber, input), named);
  }

  private void prestate(List<Path> inputs) throws IOException {
    StateStoreWriter writer = writer(Unlisted.COUNTED);
    PrestateDump dump =
        inputs.size() == 1 && inputs.get(0).toFile().isDirectory()
            ? PrestateDump.readFolder(inputs.get(0))
            : PrestateDump.readAll(inputs);
    dump.writeTo(writer);
    Long number = blockNumber == null ? PrestateDump.blockBefore(inputs.get(0)) : blockNumber;
    writer.commit(known(number, inputs.get(0)), writer.stateRoot());
  }

  private void witness(Path input) throws IOException {
    StateStoreWriter writer = writer(Unlisted.MISSING);
    ExecutionWitness witness = ExecutionWitness.read(input);
    Header parent = witness.parent();
    if (parent == null && stateRoot == null) {
      throw new StateInputException(
          input.toString(), "the witness names no header before its block; say its state root");
    }
    try {
      TrieState state = witness.prove(stateRoot == null ? parent.stateRoot() : stateRoot);
      state.writeTo(writer);
    } catch (IllegalArgumentException e) {
      throw new StateInputException(input.toString(), String.valueOf(e.getMessage()));
    }
    Long number = blockNumber == null && parent != null ? (Long) parent.number() : blockNumber;
    writer.commit(known(number, input), writer.stateRoot());
  }

  private static long known(Long number, Path input) throws StateInputException {
    if (number == null) {
      throw new StateInputException(
          input.toString(), "does not say after which block the state is; name the block");
    }
    return number;
  }
}
