package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.GenesisState;
import io.rekindle.snapshot.store.StateStore;
import io.rekindle.snapshot.store.StateStoreWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** States of a chain by serial execution from its genesis. */
final class SerialStates {
  private final Genesis genesis;
  private final List<Block> chain = new ArrayList<>();

  /** The state after a block, and what changed in it since the one before in the list. */
  record State(long number, Hash root, OverlayState changes, Snapshot state) {}

  private SerialStates(Genesis genesis) {
    this.genesis = genesis;
    chain.add(new Block(genesis.header(), List.of(), List.of(), null));
  }

  /**
   * The states after some blocks.
   *
   * @param numbers ascending; 0 for that of the genesis
   */
  static List<State> after(Path archive, Path genesisFile, List<Long> numbers) throws IOException {
    Genesis genesis = Genesis.read(genesisFile);
    SnapshotBuilder first = new SnapshotBuilder(Unlisted.ABSENT);
    GenesisState.writeTo(genesis, first);
    Snapshot state = first.build();
    SerialStates run = new SerialStates(genesis);
    OverlayState changes = new OverlayState(state);
    List<State> states = new ArrayList<>();
    if (numbers.contains(0L)) {
      states.add(new State(0, genesis.header().stateRoot(), changes, state));
    }
    BlockRange blocks = new BlockRange(1, numbers.get(numbers.size() - 1));
    for (BlockSplit split :
        Archives.open(archive.toString(), new Configuration()).splits(blocks, 64)) {
      for (Iterator<ArchivedBlock> it = split.read(); it.hasNext(); ) {
        Block block = it.next().block();
        run.process(block, changes);
        if (numbers.contains(block.header().number())) {
          state = state.plus(changes);
          states.add(
              new State(block.header().number(), block.header().stateRoot(), changes, state));
          changes = new OverlayState(state);
        }
      }
    }
    return states;
  }

  private void process(Block block, OverlayState state) {
    BlockResult result =
        new BlockProcessor(
                new UnitExecutor(new Interpreter()),
                genesis.spec(),
                BlockProcessor.StateRoots.UNKNOWN)
            .process(
                block,
                block.transactions().stream().map(Senders::recover).toList(),
                chain.subList(Math.max(0, chain.size() - 7), chain.size()),
                number -> chain.get((int) number).header().hash(),
                state);
    assertTrue(result.valid(), () -> result.failures().toString());
    chain.add(block);
  }

  /** A store with the states, each a version. */
  static void store(Path folder, List<State> states) throws IOException {
    FileSystem fs = FileSystem.getLocal(new Configuration());
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.toString());
    State first = states.get(0);
    StateStoreWriter writer = new StateStoreWriter(fs, path, 1);
    first.state().writeTo(writer);
    writer.commit(first.number(), first.root());
    for (State next : states.subList(1, states.size())) {
      append(folder, next);
    }
  }

  /** Adds a version to a store whose newest state is the one that the changes are of. */
  static void append(Path folder, State next) throws IOException {
    FileSystem fs = FileSystem.getLocal(new Configuration());
    try (StateStore store = StateStore.open(fs, new org.apache.hadoop.fs.Path(folder.toString()))) {
      StateStoreWriter.append(store, next.changes(), next.number(), next.root());
    }
  }
}
