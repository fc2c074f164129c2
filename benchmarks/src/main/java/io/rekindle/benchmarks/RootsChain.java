package io.rekindle.benchmarks;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.snapshot.importer.GenesisState;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import io.rekindle.snapshot.trie.TrieMeter;
import io.rekindle.snapshot.trie.TrieState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** What every block of a chain changes, so that its roots can be computed again and again. */
final class RootsChain {
  private static final int ANCESTORS = 8;
  private static final int BLOCKS_PER_SPLIT = 1000;

  /** A block: what it changes, its root, and the nodes that are hashed for it. */
  private record Step(OverlayState changes, Hash root, KeccakOfNodes nodes) {}

  private final StateTrie start;
  private final List<Step> steps = new ArrayList<>();
  private long nodes;
  private long bytes;

  private RootsChain(StateTrie start) {
    this.start = start;
  }

  /** Executes the blocks behind the genesis, each checked against its header. */
  static RootsChain read(String genesisFile, String archive) throws IOException {
    Genesis genesis = GenesisState.read(Path.of(genesisFile));
    StateTrieBuilder builder = new StateTrieBuilder();
    GenesisState.writeTo(genesis, builder);
    RootsChain chain = new RootsChain(builder.build());
    List<Block> ancestors = new ArrayList<>();
    ancestors.add(new Block(genesis.header(), List.of(), List.of(), List.of()));
    Map<Long, Hash> hashes = new HashMap<>(Map.of(0L, genesis.header().hash()));
    TrieState state = new TrieState(chain.start, codes(genesis));
    UnitExecutor executor = new UnitExecutor(Engines.named(Engines.DEFAULT).get());
    BlockSource source = Archives.open(archive, new Configuration());
    for (BlockRange range : source.ranges()) {
      for (BlockSplit split : source.splits(range, BLOCKS_PER_SPLIT)) {
        for (Iterator<ArchivedBlock> blocks = split.read(); blocks.hasNext(); ) {
          ArchivedBlock archived = blocks.next();
          if (archived.number() > 0) {
            state = chain.add(genesis, executor, archived, ancestors, hashes, state);
          }
        }
      }
    }
    return chain;
  }

  private static Map<Hash, Code> codes(Genesis genesis) {
    Map<Hash, Code> codes = new HashMap<>();
    genesis.accounts().forEach(account -> codes.put(account.code().hash(), account.code()));
    return codes;
  }

  private TrieState add(
      Genesis genesis,
      UnitExecutor executor,
      ArchivedBlock archived,
      List<Block> ancestors,
      Map<Long, Hash> hashes,
      TrieState before) {
    Block block = archived.block();
    OverlayState after = new OverlayState(before);
    BlockResult result =
        new BlockProcessor(executor, genesis.spec(), BlockProcessor.StateRoots.UNKNOWN)
            .process(
                block,
                block.transactions().stream().map(Senders::recover).toList(),
                ancestors,
                hashes::get,
                after);
    if (!result.valid()) {
      throw new IllegalArgumentException(archived.place() + ": " + result.failures());
    }
    TrieMeter meter = new TrieMeter();
    before.trie().apply(after.changes(), meter);
    nodes += meter.nodes();
    bytes += meter.bytes();
    steps.add(new Step(after, block.header().stateRoot(), new KeccakOfNodes(meter)));
    ancestors.add(block);
    if (ancestors.size() > ANCESTORS) {
      ancestors.remove(0);
    }
    hashes.put(archived.number(), archived.hash());
    return before.apply(after);
  }

  int blocks() {
    return steps.size();
  }

  /** Nodes that are hashed in one walk over the chain. */
  long nodes() {
    return nodes;
  }

  /** Bytes of those nodes. */
  long bytes() {
    return bytes;
  }

  /**
   * Computes every block's root by the incremental trie and holds it against the header; then
   * hashes the block's nodes and nothing else. What a block changes is read beforehand, since it is
   * in the processor's cache after an execution.
   *
   * @param rootNanos of each block, lowered to this walk's where that is less
   * @param hashNanos likewise
   */
  void walk(long[] rootNanos, long[] hashNanos) {
    StateTrie trie = start;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      read(step.changes);
      long begin = System.nanoTime();
      trie = trie.apply(step.changes);
      rootNanos[i] = Math.min(rootNanos[i], System.nanoTime() - begin);
      if (!trie.root().equals(step.root)) {
        throw new IllegalStateException("root " + trie.root() + " where there is " + step.root);
      }
      begin = System.nanoTime();
      step.nodes.run();
      hashNanos[i] = Math.min(hashNanos[i], System.nanoTime() - begin);
    }
  }

  private static void read(OverlayState changes) {
    long sum = 0;
    for (Map.Entry<Address, OverlayState.Change> change : changes.changes().entrySet()) {
      Account account = change.getValue().account();
      sum += change.getKey().limb0() + (account == null ? 0 : account.balance().limb0());
      for (Map.Entry<UInt256, UInt256> slot : change.getValue().slots().entrySet()) {
        sum += slot.getKey().limb0() + slot.getValue().limb0();
      }
    }
    if (sum == 1) {
      System.err.println("one in 2^64");
    }
  }

  /** Makes the trie forget what it remembers of the chain's keys, as if it met them anew. */
  static void forgetKeys(Random random) {
    for (int i = 0; i < 1 << 17; i++) {
      StateTrie.EMPTY.storage(
          Address.of(0, i, random.nextLong()), UInt256.of(0, i, 0, random.nextLong()));
    }
  }
}
