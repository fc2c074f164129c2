package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.importer.GenesisState;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import io.rekindle.snapshot.trie.TrieState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mainnet's first blocks on the incremental trie: every header's state root comes out. */
class EraStateRootsTest {
  private static final int ANCESTORS = 8;

  private final List<Block> ancestors = new ArrayList<>();
  private final Map<Long, Hash> hashes = new HashMap<>();

  @Test
  void everyBlockOfTheFirstEraHasItsStateRoot() throws IOException {
    Genesis genesis = GenesisState.read(TestArchives.fixture("genesis/mainnet.json"));
    List<ArchivedBlock> blocks =
        TestArchives.readAll(TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1"), 1024);
    TrieState state = state(genesis);
    assertEquals(blocks.get(0).block().header().stateRoot(), state.trie().root());
    remember(blocks.get(0));
    UnitExecutor executor = new UnitExecutor(Engines.named(Engines.DEFAULT).get());
    int proven = 0;
    for (ArchivedBlock archived : blocks.subList(1, blocks.size())) {
      Block block = archived.block();
      TrieState before = state;
      OverlayState after = new OverlayState(before);
      BlockResult result =
          new BlockProcessor(executor, genesis.spec(), s -> before.apply(s).trie().root())
              .process(
                  block,
                  block.transactions().stream().map(Senders::recover).toList(),
                  ancestors,
                  hashes::get,
                  after);
      assertTrue(result.valid(), () -> archived.place() + ": " + result.failures());
      assertTrue(result.checks().stream().anyMatch(c -> c.rule() == BlockRule.STATE_ROOT));
      state = before.apply(after);
      assertEquals(block.header().stateRoot(), state.trie().root());
      remember(archived);
      proven++;
    }
    assertEquals(8191, proven);
    System.out.println("era1 mainnet-00000: " + proven + " state roots, block by block");
  }

  private static TrieState state(Genesis genesis) {
    StateTrieBuilder builder = new StateTrieBuilder();
    GenesisState.writeTo(genesis, builder);
    return new TrieState(builder.build(), Map.of());
  }

  private void remember(ArchivedBlock archived) {
    ancestors.add(archived.block());
    if (ancestors.size() > ANCESTORS) {
      ancestors.remove(0);
    }
    hashes.put(archived.number(), archived.hash());
  }
}
