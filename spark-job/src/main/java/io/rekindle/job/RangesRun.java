package io.rekindle.job;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Re-executes the ranges of a chain, each from a state of its own, side by side: as many at a time
 * as are asked for, the first ones first. What one range commits stays, whatever becomes of the
 * others; each goes on where it was when the run is continued.
 */
final class RangesRun {
  private final WindowStages stages;
  private final RunSettings settings;
  private final RunInput input;
  private final List<RunRange> ranges;
  private final RunTotals totals;
  private final RunOutput output;
  private final TotalDifficulties difficulties;

  /**
   * @param ranges in order
   * @param output takes the rows of verified windows; null where none are wanted
   */
  RangesRun(
      WindowStages stages,
      RunSettings settings,
      RunInput input,
      List<RunRange> ranges,
      RunTotals totals,
      RunOutput output)
      throws IOException {
    this.stages = stages;
    this.settings = settings;
    this.input = input;
    this.ranges = ranges;
    this.totals = totals;
    this.output = output;
    this.difficulties =
        new TotalDifficulties(
            stages,
            input.source(),
            ranges,
            ranges.get(0).blocks().first() == 1 ? input.genesisDifficulty() : null);
  }

  /**
   * @param atOnce ranges that run at the same time
   * @throws IOException what went wrong in the first range where something did, after all others
   *     have ended
   */
  void run(int atOnce) throws IOException {
    if (ranges.size() == 1) {
      runToEnd(0);
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    try (Workers workers = new Workers("rekindle-range", Math.min(atOnce, ranges.size()))) {
      for (int i = 0; i < ranges.size(); i++) {
        int range = i;
        running.add(
            workers.submit(
                () -> {
                  runToEnd(range);
                  return null;
                }));
      }
      awaitAll(running);
    }
  }

  private static void awaitAll(List<Future<?>> running) throws IOException {
    Throwable first = null;
    for (Future<?> range : running) {
      try {
        range.get();
      } catch (ExecutionException e) {
        if (first == null) {
          first = e.getCause();
        } else {
          first.addSuppressed(e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while ranges run", e);
      }
    }
    if (first instanceof IOException io) {
      throw io;
    } else if (first instanceof RuntimeException runtime) {
      throw runtime;
    } else if (first != null) {
      throw new IllegalStateException(first);
    }
  }

  private void runToEnd(int number) throws IOException {
    run(number, ranges.get(number).blocks());
    if (output != null) {
      output.rangeEnded();
    }
  }

  private void run(int number, BlockRange range) throws IOException {
    RangeOutput rows = output == null ? null : output.range(number);
    GroupManifest last = rows == null ? null : rows.last();
    if (last != null) {
      OutputChoice.checkContinues(last, input, range, output.place());
    }
    BlockRange left = rows == null ? range : rows.left(range);
    if (left == null) {
      if (!last.ends()) {
        totals.seams.ended(number, last.stateRoot() == null ? null : Hash.ofHex(last.stateRoot()));
      }
      return;
    }
    if (rows != null) {
      rows.open();
    }
    RunInput.OpenChain chain = input.openChain(left, rows == null ? null : rows.reached());
    ChainRun run =
        new ChainRun(
            stages, settings, input.chain(), chain.start(), chain.roots(), input.sidecars());
    UInt256 total = last == null ? difficulties.before(number) : rows.totalDifficulty();
    if (run.run(input.source(), left, total, totals, rows)) {
      totals.seams.ended(number, chain.roots().root());
    }
    if (rows != null) {
      rows.close();
    }
  }
}
