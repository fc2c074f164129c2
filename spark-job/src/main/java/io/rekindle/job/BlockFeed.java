package io.rekindle.job;

import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Cuts a range into windows, and has executors read the blocks of the next ones and recover their
 * senders while the current one runs.
 */
final class BlockFeed implements AutoCloseable {
  private static final int BLOCKS_PER_SPLIT = 64;

  /** What the first windows have of the gas of a full one. */
  private static final int FIRST_WINDOW_SHARE = 16;

  private final WindowStages stages;
  private final RunSettings settings;
  private final Iterator<BlockSplit> splits;
  private final Workers reader = new Workers("rekindle-decode");
  private final Deque<DecodedBlock> ready = new ArrayDeque<>();
  private Future<List<DecodedBlock>> next;
  private int windows;

  BlockFeed(WindowStages stages, BlockSource source, BlockRange range, RunSettings settings) {
    this.stages = stages;
    this.settings = settings;
    this.splits = source.splits(range, BLOCKS_PER_SPLIT).iterator();
    startReading();
  }

  private void startReading() {
    List<BlockSplit> chunk = new ArrayList<>();
    while (splits.hasNext() && chunk.size() < 2 * settings.cores()) {
      chunk.add(splits.next());
    }
    next =
        chunk.isEmpty()
            ? null
            : reader.submit(() -> stages.decode(chunk, "from block " + chunk.get(0).first()));
  }

  /** The next consecutive blocks that make a window; none at the end. */
  List<DecodedBlock> nextWindow() {
    List<DecodedBlock> window = new ArrayList<>();
    long target = targetGas(settings.windowGas(), windows++);
    long gas = 0;
    while (window.size() < settings.maxWindowBlocks() && gas < target && fill()) {
      DecodedBlock block = ready.removeFirst();
      gas += block.gasUsed();
      window.add(block);
    }
    return window;
  }

  /**
   * The gas after which a window is closed. The first windows are small, so that what they teach
   * serves soon: each pair has four times the gas of the pair before. Pairs, since the second of
   * them is planned before the first has taught.
   *
   * @param windowGas of a full window
   * @param number of the window, from 0
   */
  static long targetGas(long windowGas, int number) {
    int share = FIRST_WINDOW_SHARE >> Math.min(Integer.SIZE - 1, number / 2 * 2);
    return Math.max(1, windowGas / Math.max(1, share));
  }

  private boolean fill() {
    while (ready.isEmpty() && next != null) {
      ready.addAll(Workers.resultOf(next));
      startReading();
    }
    return !ready.isEmpty();
  }

  @Override
  public void close() {
    reader.close();
  }
}
