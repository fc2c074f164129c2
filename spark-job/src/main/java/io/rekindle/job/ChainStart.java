package io.rekindle.job;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Genesis.GenesisAccount;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a run over a chain starts: after a block, on the state that it left.
 *
 * @param number of that block
 * @param hashes of it and of up to 255 blocks before it, by number, for BLOCKHASH
 * @param blocks the RLP of it and of up to 6 blocks before it, for the rules of ommers; those that
 *     look further back than there are blocks are not checked
 * @param state complete
 */
record ChainStart(long number, SortedMap<Long, Hash> hashes, List<byte[]> blocks, Snapshot state) {
  static final int ANCESTOR_HASHES = 256;
  static final int OMMER_DEPTH = 7;
  private static final int BLOCKS_PER_SPLIT = 64;

  static ChainStart ofGenesis(Genesis genesis) {
    SnapshotBuilder state = new SnapshotBuilder(Unlisted.ABSENT);
    for (GenesisAccount account : genesis.accounts()) {
      state.account(account.address(), account.account());
      account.storage().forEach(state::slot);
      state.code(account.code());
    }
    return new ChainStart(
        0,
        new TreeMap<>(Map.of(0L, genesis.header().hash())),
        List.of(encoded(genesis)),
        state.build());
  }

  private static byte[] encoded(Genesis genesis) {
    return new Block(genesis.header(), List.of(), List.of(), null).encoded();
  }

  /**
   * A start after any block, whose ancestors are read from the archive as far as it holds them.
   *
   * @param hash of the block, which must be the archive's
   * @param genesis stands in for block 0 where the archive starts with block 1; may be null where
   *     the block is further up or the archive has block 0
   */
  static ChainStart after(
      long number, Hash hash, Snapshot state, BlockSource source, Genesis genesis) {
    TreeMap<Long, Hash> hashes = new TreeMap<>();
    Deque<byte[]> blocks = new ArrayDeque<>();
    long first = Math.max(0, number - ANCESTOR_HASHES + 1);
    if (first == 0 && genesis != null) {
      hashes.put(0L, genesis.header().hash());
      blocks.add(encoded(genesis));
    }
    for (BlockSplit split : source.splits(new BlockRange(first, number), BLOCKS_PER_SPLIT)) {
      for (Iterator<ArchivedBlock> it = split.read(); it.hasNext(); ) {
        ArchivedBlock block = it.next();
        if (block.number() > 0 || genesis == null) {
          hashes.put(block.number(), block.hash());
          blocks.addLast(block.encoded());
          if (blocks.size() > OMMER_DEPTH) {
            blocks.removeFirst();
          }
        }
      }
    }
    Hash found = hashes.get(number);
    if (!hash.equals(found)) {
      throw new ArchiveException(
          "block " + number,
          "hash",
          found == null
              ? "the archive lacks it, and the run is to go on after it"
              : "expected " + hash + " as in the tables so far, actual " + found);
    }
    return new ChainStart(number, hashes, List.copyOf(blocks), state);
  }

  /**
   * A start after a block that the archive may lack: then ancestors are not known, but for the hash
   * that the next block gives as its parent's.
   *
   * @param next the block that comes after, from the archive
   * @param genesis stands in for block 0, or null
   */
  static ChainStart before(
      ArchivedBlock next, Snapshot state, BlockSource source, Genesis genesis) {
    long number = next.number() - 1;
    Hash hash = next.block().header().parentHash();
    boolean held =
        source.ranges().stream().anyMatch(r -> r.first() <= number && number <= r.last());
    return held || (number == 0 && genesis != null)
        ? after(number, hash, state, source, genesis)
        : new ChainStart(number, new TreeMap<>(Map.of(number, hash)), List.of(), state);
  }

  /**
   * The state root that the header of the block before the first gives; null where it is not known.
   */
  Hash claimedRoot() {
    return blocks.isEmpty()
        ? null
        : Block.decode(blocks.get(blocks.size() - 1)).header().stateRoot();
  }
}
