package io.rekindle.job;

import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.WindowBlock;
import io.rekindle.job.window.WindowBlocks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;

/**
 * Makes the windows of a chain ready, each while the one before executes: takes their blocks from
 * the feed, checks that they are linked, ships and plans them. Learning happens on the same thread,
 * between two plans, so that the order of lessons and plans does not depend on who is faster.
 */
final class WindowPreparation implements AutoCloseable {
  private final WindowStages stages;
  private final ChainChoice chain;
  private final BlockFeed feed;
  private final SidecarTable sidecars;
  private final WindowPlanner planner;
  private final WorkerThread thread = new WorkerThread("rekindle-prepare");

  /** The last lesson; what it threw comes out at the next. */
  private Future<?> lesson;

  private final Deque<byte[]> lastBlocks = new ArrayDeque<>();
  private final TreeMap<Long, Hash> lastHashes = new TreeMap<>();

  /** Total difficulty of the last block, or null where it is not known. */
  private UInt256 lastTotal;

  /**
   * @param start the block before the first one, with its ancestors
   * @param sidecars for all blocks; null where there are none
   * @param total difficulty from genesis up to and with that block; null where it is not known
   */
  WindowPreparation(
      WindowStages stages,
      RunSettings settings,
      ChainChoice chain,
      BlockFeed feed,
      ChainStart start,
      SidecarTable sidecars,
      UInt256 total) {
    this.stages = stages;
    this.chain = chain;
    this.feed = feed;
    this.sidecars = sidecars;
    this.planner = new WindowPlanner(settings);
    this.lastTotal = total;
    lastHashes.putAll(start.hashes());
    lastBlocks.addAll(start.blocks());
  }

  /**
   * Starts to prepare the next window; null comes out at the end of the range.
   *
   * @param state to plan on, at best that of the window's start
   */
  Future<PreparedWindow> next(StateReader state) {
    return thread.submit(() -> prepare(state));
  }

  /** Starts to learn from an executed window, after what was submitted before. */
  void learn(PreparedWindow window, List<ExecutedPartition> executed) {
    if (lesson != null) {
      WorkerThread.resultOf(lesson);
    }
    lesson =
        thread.submit(
            () -> {
              planner.learn(window.window().units(), executed, window.plannedOn());
              return null;
            });
  }

  private PreparedWindow prepare(StateReader state) {
    List<DecodedBlock> decoded = feed.nextWindow();
    if (decoded.isEmpty()) {
      return null;
    }
    WindowMeter meter = new WindowMeter();
    meter.decoded(decoded);
    List<byte[]> before = List.copyOf(lastBlocks);
    List<WindowBlock> blocks = new ArrayList<>(decoded.size());
    for (DecodedBlock block : decoded) {
      checkLink(block);
      Map<Long, Hash> ancestors = blocks.isEmpty() ? Map.copyOf(lastHashes) : Map.of();
      remember(block);
      blocks.add(block.inWindow(ancestors, lastTotal));
    }
    WindowBlocks window = WindowBlocks.of(before, blocks, chain.spec());
    BlockRange range =
        new BlockRange(decoded.get(0).number(), decoded.get(decoded.size() - 1).number());
    WindowSidecarBytes known = sidecars == null ? null : sidecars.read(range);
    Took start = Took.now();
    WindowPlan plan = planner.plan(window.units(), state);
    meter.planned(Took.since(start));
    return new PreparedWindow(
        window, stages.broadcast(before, blocks), plan, range.toString(), state, known, meter);
  }

  private void checkLink(DecodedBlock block) {
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

  @Override
  public void close() {
    thread.close();
  }
}
