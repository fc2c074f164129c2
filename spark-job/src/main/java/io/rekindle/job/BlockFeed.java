package io.rekindle.job;

import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Cuts a range into windows, and has executors read the blocks of the next ones and recover their
 * senders while the current one runs.
 */
final class BlockFeed implements AutoCloseable {
  private static final int BLOCKS_PER_SPLIT = 64;

  private final WindowStages stages;
  private final RunSettings settings;
  private final Iterator<BlockSplit> splits;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "rekindle-decode");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<DecodedBlock> ready = new ArrayDeque<>();
  private Future<List<DecodedBlock>> next;

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
    long gas = 0;
    while (window.size() < settings.maxWindowBlocks() && gas < settings.windowGas() && fill()) {
      DecodedBlock block = ready.removeFirst();
      gas += block.gasUsed();
      window.add(block);
    }
    return window;
  }

  private boolean fill() {
    while (ready.isEmpty() && next != null) {
      ready.addAll(resultOf(next));
      startReading();
    }
    return !ready.isEmpty();
  }

  private static List<DecodedBlock> resultOf(Future<List<DecodedBlock>> pending) {
    try {
      return pending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while blocks were read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
