package io.rekindle.snapshot;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.importer.GenesisState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The public 600-block chain of all forks from Shanghai to Prague. */
public final class HiveChain {
  public final Genesis genesis;
  public final List<Block> blocks;
  private final Map<Long, Hash> hashes = new HashMap<>();

  private HiveChain(Genesis genesis, List<Block> blocks) {
    this.genesis = genesis;
    this.blocks = blocks;
    for (Block block : blocks) {
      hashes.put(block.header().number() - 1, block.header().parentHash());
    }
  }

  public static HiveChain read() throws IOException {
    Genesis genesis = GenesisState.read(Fixtures.path("chains/hive-600/genesis.json"));
    byte[] bytes = Files.readAllBytes(Fixtures.path("chains/hive-600/chain.rlp"));
    List<Block> blocks = new ArrayList<>();
    for (RlpReader reader = RlpReader.of(bytes); reader.hasNext(); ) {
      Block block = Block.read(reader);
      if (block.header().number() > 0) {
        blocks.add(block);
      }
    }
    return new HiveChain(genesis, blocks);
  }

  public Hash hash(long number) {
    return hashes.get(number);
  }

  /** The blocks before one, oldest first, from the genesis on. */
  public List<Block> ancestors(int index) {
    Header first = genesis.header();
    List<Block> ancestors = new ArrayList<>();
    ancestors.add(new Block(first, List.of(), List.of(), List.of()));
    ancestors.addAll(blocks.subList(0, index));
    return ancestors;
  }

  public static List<Address> senders(Block block) {
    List<Address> senders = new ArrayList<>();
    for (Transaction transaction : block.transactions()) {
      senders.add(Senders.recover(transaction));
    }
    return senders;
  }

  public Snapshot snapshot() {
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    GenesisState.writeTo(genesis, builder);
    return builder.build();
  }
}
