package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.BlockInputs;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The sample chain of the repository, made by a real node. */
record SampleChain(OverlayState state, List<List<Unit>> blocks) {

  /** Reads the first blocks. Skips the test, and says so, where the chain is not there. */
  static SampleChain read(int count) {
    Path folder = Path.of(System.getProperty("rekindle.root", "..")).resolve("sample");
    boolean present = Files.isRegularFile(folder.resolve("chain.rlp.gz"));
    if (!present) {
      System.out.println("SKIPPED: no sample chain at " + folder);
    }
    assumeTrue(present, "no sample chain at " + folder);
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("chain.rlp.gz")))) {
      Genesis genesis = Genesis.read(folder.resolve("genesis.json"));
      RlpReader reader = RlpReader.of(in.readAllBytes());
      Map<Long, Hash> hashes = new HashMap<>();
      List<List<Unit>> blocks = new ArrayList<>();
      while (reader.hasNext() && blocks.size() <= count) {
        Block block = Block.read(reader);
        hashes.put(block.header().number(), block.header().hash());
        blocks.add(units(genesis, block, hashes));
      }
      // The first is the genesis block, which nothing executes.
      return new SampleChain(genesis.state(), blocks.subList(1, blocks.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Unit> units(Genesis genesis, Block block, Map<Long, Hash> hashes) {
    Fork fork = genesis.spec().forkAt(block.header().number(), block.header().timestamp());
    BlockInput input = BlockInputs.of(block, fork, genesis.spec(), hashes::get);
    List<Address> senders = new ArrayList<>();
    for (Transaction transaction : block.transactions()) {
      senders.add(Senders.recover(transaction));
    }
    return BlockInputs.units(input, block, senders);
  }
}
