package io.rekindle.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockInputs;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.PrestateDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A real block with its senders recovered and the state that it starts from in memory.
 *
 * @param gas what the header says was used
 */
record MainnetBlock(long number, Fork fork, long gas, List<Unit> units, Snapshot state) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The blocks of a folder, each in a folder of its own, by number. */
  static List<MainnetBlock> readAll(Path folder) throws IOException {
    List<Path> folders;
    try (Stream<Path> list = Files.list(folder)) {
      folders = list.filter(Files::isDirectory).toList();
    }
    Map<Long, MainnetBlock> blocks = new TreeMap<>();
    for (Path path : folders) {
      MainnetBlock block = read(path);
      blocks.put(block.number(), block);
    }
    return List.copyOf(blocks.values());
  }

  private static MainnetBlock read(Path folder) throws IOException {
    Block block;
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("block.json.gz")))) {
      block = JsonBlocks.read(MAPPER.readTree(in)).block();
    }
    ChainSpec spec = ChainSpec.MAINNET;
    long number = block.header().number();
    Fork fork = spec.forkAt(number, block.header().timestamp());
    List<Address> senders = block.transactions().stream().map(Senders::recover).toList();
    SnapshotBuilder state = new SnapshotBuilder(Unlisted.ABSENT);
    PrestateDump.read(folder.resolve("prestate.json.gz")).writeTo(state);
    List<Unit> units =
        BlockInputs.units(
            BlockInputs.of(block, fork, spec, ancestors(folder.resolve("block_hashes.json"))),
            block,
            senders);
    return new MainnetBlock(number, fork, block.header().gasUsed(), units, state.build());
  }

  private static AncestorHashes ancestors(Path file) throws IOException {
    Map<Long, Hash> hashes = new HashMap<>();
    if (Files.exists(file)) {
      for (Map.Entry<String, JsonNode> hash :
          MAPPER.readTree(Files.readAllBytes(file)).properties()) {
        hashes.put(Long.parseLong(hash.getKey()), Hash.ofHex(hash.getValue().asText()));
      }
    }
    return number -> {
      Hash hash = hashes.get(number);
      if (hash == null) {
        throw new MissingStateException("hash of block " + number);
      }
      return hash;
    };
  }

  /**
   * Executes the units one after another, each on the state that the one before left.
   *
   * @throws IllegalStateException where the gas used is not the header's
   */
  void execute(UnitExecutor executor) {
    OverlayState merged = new OverlayState(state);
    long used = 0;
    for (Unit unit : units) {
      Outcome outcome = executor.execute(merged, unit, UnitExecutor.Mode.EXACT);
      merged.apply(outcome.writes());
      if (outcome.result() instanceof UnitResult.Executed executed) {
        used += executed.gasUsed();
      }
    }
    if (used != gas) {
      throw new IllegalStateException("block " + number + " used " + used + " gas, not " + gas);
    }
  }
}
