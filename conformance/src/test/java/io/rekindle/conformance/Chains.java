package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockInputs;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.PrestateDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Real blocks with their units and the state they start from. */
final class Chains {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Chains() {}

  /** A block ready to be executed. */
  record RealBlock(Block block, Fork fork, List<Unit> units) {
    long number() {
      return block.header().number();
    }
  }

  /**
   * Consecutive blocks.
   *
   * @param state before the first
   * @param complete whether the state is all there is, so that it has a root
   */
  record Chain(
      String name, ChainSpec spec, List<RealBlock> blocks, StateReader state, boolean complete) {}

  /** The 41 blocks of mainnet, each on the partial state that it starts from. */
  static List<Chain> mainnetBlocks() throws IOException {
    List<Path> folders;
    try (Stream<Path> list = Files.list(Fixtures.require("mainnet-blocks"))) {
      folders = list.filter(Files::isDirectory).sorted().toList();
    }
    List<Chain> chains = new ArrayList<>();
    for (Path folder : folders) {
      chains.add(mainnet(List.of(folder)));
    }
    return chains;
  }

  /**
   * Consecutive blocks of mainnet: what the later ones read and the earlier did not is as it was
   * before all.
   */
  static Chain mainnet(long... numbers) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (long number : numbers) {
      folders.add(Fixtures.require("mainnet-blocks").resolve(Long.toString(number)));
    }
    return mainnet(folders);
  }

  private static Chain mainnet(List<Path> folders) throws IOException {
    List<RealBlock> blocks = new ArrayList<>();
    Map<Long, Hash> hashes = new HashMap<>();
    SnapshotBuilder state = new SnapshotBuilder(Unlisted.ABSENT);
    for (Path folder : folders) {
      Path known = folder.resolve("block_hashes.json");
      if (Files.exists(known)) {
        for (Map.Entry<String, JsonNode> hash :
            MAPPER.readTree(Files.readAllBytes(known)).properties()) {
          hashes.put(Long.parseLong(hash.getKey()), Hash.ofHex(hash.getValue().asText()));
        }
      }
      try (InputStream in = gunzip(folder.resolve("block.json.gz"))) {
        blocks.add(ready(JsonBlocks.read(MAPPER.readTree(in)).block(), ChainSpec.MAINNET, hashes));
      }
    }
    FirstSeen first = new FirstSeen();
    for (Path folder : folders) {
      PrestateDump.read(folder.resolve("prestate.json.gz")).writeTo(first);
    }
    first.writeTo(state);
    String name = "mainnet " + blocks.get(0).number() + (blocks.size() > 1 ? " and next" : "");
    return new Chain(name, ChainSpec.MAINNET, blocks, state.build(), false);
  }

  /** Blocks from the genesis on. */
  static Chain hive() throws IOException {
    Path folder = Fixtures.require("chains/hive-600");
    return chain(
        "hive-600",
        Genesis.read(folder.resolve("genesis.json")),
        Files.readAllBytes(folder.resolve("chain.rlp")));
  }

  /** The sample of this repository. */
  static Chain sample() throws IOException {
    Path folder = Path.of(System.getProperty("rekindle.root", "..")).resolve("sample");
    try (InputStream in = gunzip(folder.resolve("chain.rlp.gz"))) {
      return chain("sample", Genesis.read(folder.resolve("genesis.json")), in.readAllBytes());
    }
  }

  private static Chain chain(String name, Genesis genesis, byte[] rlp) {
    List<RealBlock> blocks = new ArrayList<>();
    Map<Long, Hash> hashes = new HashMap<>();
    hashes.put(0L, genesis.header().hash());
    RlpReader reader = RlpReader.of(rlp);
    while (reader.hasNext()) {
      Block block = Block.read(reader);
      if (block.header().number() > 0) {
        blocks.add(ready(block, genesis.spec(), hashes));
      }
    }
    return new Chain(name, genesis.spec(), blocks, genesis.state(), true);
  }

  private static RealBlock ready(Block block, ChainSpec spec, Map<Long, Hash> hashes) {
    Fork fork = spec.forkAt(block.header().number(), block.header().timestamp());
    hashes.put(block.header().number(), block.header().hash());
    hashes.putIfAbsent(block.header().number() - 1, block.header().parentHash());
    List<Address> senders = new ArrayList<>();
    for (Transaction transaction : block.transactions()) {
      senders.add(Senders.recover(transaction));
    }
    return new RealBlock(
        block,
        fork,
        BlockInputs.units(
            BlockInputs.of(block, fork, spec, number -> known(hashes, number)), block, senders));
  }

  private static Hash known(Map<Long, Hash> hashes, long number) {
    Hash hash = hashes.get(number);
    if (hash == null) {
      throw new MissingStateException("hash of block " + number);
    }
    return hash;
  }

  private static InputStream gunzip(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file));
  }
}
