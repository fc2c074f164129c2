package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.BlockExecution;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.importer.GethDump;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chain of 600 blocks, Shanghai to Prague, every header field and the state at its end. */
class HiveChainTest {
  private static final int BLOCKS = 600;

  @Test
  void everyHeaderAndTheLastState() throws IOException {
    Path folder = Fixtures.require("chains/hive-600");
    Genesis genesis = Genesis.read(folder.resolve("genesis.json"));
    Block first = new Block(genesis.header(), List.of(), List.of(), List.of());
    BlockTree tree =
        new BlockTree(
            genesis.spec(),
            BlockExecution.serial(new UnitExecutor(Engines.named(Engines.DEFAULT).get())),
            first,
            genesis.state());

    RlpReader chain = RlpReader.of(Files.readAllBytes(folder.resolve("chain.rlp")));
    int blocks = 0;
    while (chain.hasNext()) {
      Block block = Block.read(chain);
      assertNull(tree.add(block));
      assertEquals(block.header().hash(), tree.head().hash());
      blocks++;
    }

    assertEquals(BLOCKS, blocks);
    StateTrieBuilder dumped = new StateTrieBuilder();
    Hash root = new GethDump(folder.resolve("headstate.json")).writeTo(dumped);
    assertEquals(root, dumped.build().root());
    assertEquals(root, tree.head().state().trie().root());
    System.out.println("hive-600: " + blocks + " blocks, state root " + root);
  }
}
