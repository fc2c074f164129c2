package io.rekindle.job.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.AssembledBlock;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.trie.StateRoot;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A chain read back from the files that the generator wrote. */
record GeneratedChain(Genesis genesis, List<Block> blocks) {
  /** A transaction and how it ended. */
  record Done(Transaction transaction, Receipt receipt) {}

  static GeneratedChain read(Path folder) throws IOException {
    RlpReader reader = RlpReader.of(Files.readAllBytes(folder.resolve("chain.rlp")));
    List<Block> blocks = new ArrayList<>();
    while (reader.hasNext()) {
      blocks.add(Block.read(reader));
    }
    return new GeneratedChain(Genesis.read(folder.resolve("genesis.json")), blocks);
  }

  List<Transaction> transactions() {
    return blocks.stream().flatMap(block -> block.transactions().stream()).toList();
  }

  /** Processes all blocks in order, and holds every check of each. */
  List<AssembledBlock> process() {
    OverlayState state = genesis.state();
    BlockProcessor processor =
        new BlockProcessor(new UnitExecutor(new Interpreter()), genesis.spec(), StateRoot::of);
    assertEquals(genesis.header().hash(), blocks.get(0).header().hash());
    Map<Long, Hash> hashes = new HashMap<>();
    List<AssembledBlock> assembled = new ArrayList<>();
    for (int i = 1; i < blocks.size(); i++) {
      hashes.put(i - 1L, blocks.get(i - 1).header().hash());
      Block block = blocks.get(i);
      List<Address> senders = block.transactions().stream().map(Senders::recover).toList();
      BlockResult result =
          processor.process(block, senders, blocks.subList(0, i), hashes::get, state);
      assertEquals(List.of(), result.failures(), "block " + i);
      assembled.add(result.assembled());
    }
    return assembled;
  }

  /** Every transaction, and how it ended. */
  List<Done> done() {
    List<AssembledBlock> assembled = process();
    List<Done> all = new ArrayList<>();
    for (int i = 1; i < blocks.size(); i++) {
      List<Transaction> transactions = blocks.get(i).transactions();
      for (int j = 0; j < transactions.size(); j++) {
        all.add(new Done(transactions.get(j), assembled.get(i - 1).receipts().get(j)));
      }
    }
    return all;
  }
}
