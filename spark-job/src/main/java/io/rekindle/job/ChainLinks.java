package io.rekindle.job;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.window.WindowBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Links the blocks of a chain, window after window, and keeps what a window needs of those before
 * it: hashes for BLOCKHASH, blocks for the rules of ommers, and the total difficulty.
 */
final class ChainLinks {
  private final Deque<byte[]> lastBlocks = new ArrayDeque<>();
  private final TreeMap<Long, Hash> lastHashes = new TreeMap<>();

  /** Total difficulty of the last block, or null where it is not known. */
  private UInt256 lastTotal;

  /**
   * @param start the block before the first one, with its ancestors
   * @param total difficulty from genesis up to and with that block; null where it is not known
   */
  ChainLinks(ChainStart start, UInt256 total) {
    lastTotal = total;
    lastHashes.putAll(start.hashes());
    lastBlocks.addAll(start.blocks());
  }

  /** RLP of the blocks just before the next window. */
  List<byte[]> before() {
    return List.copyOf(lastBlocks);
  }

  /**
   * Moves on over a window.
   *
   * @throws ArchiveException where a block does not follow the one before it
   */
  List<WindowBlock> next(List<DecodedBlock> decoded) {
    List<WindowBlock> blocks = new ArrayList<>(decoded.size());
    for (DecodedBlock block : decoded) {
      check(block);
      Map<Long, Hash> ancestors = blocks.isEmpty() ? Map.copyOf(lastHashes) : Map.of();
      remember(block);
      blocks.add(block.inWindow(ancestors, lastTotal));
    }
    return blocks;
  }

  private void check(DecodedBlock block) {
    Hash parent = lastHashes.get(block.number() - 1);
    if (parent == null) {
      throw new ArchiveException(
          block.place(), "", "the block before it is missing, so its state is not known");
    }
    if (!parent.equals(block.parentHash())) {
      throw new ArchiveException(
          block.place(), "parentHash", "expected " + parent + ", actual " + block.parentHash());
    }
  }

  private void remember(DecodedBlock block) {
    if (block.totalDifficulty() != null) {
      lastTotal = block.totalDifficulty();
    } else if (lastTotal != null) {
      lastTotal = lastTotal.add(block.difficulty());
    }
    lastHashes.put(block.number(), block.hash());
    lastHashes.headMap(block.number() - ChainStart.ANCESTOR_HASHES).clear();
    lastBlocks.addLast(block.encoded());
    if (lastBlocks.size() > ChainStart.OMMER_DEPTH) {
      lastBlocks.removeFirst();
    }
  }
}
