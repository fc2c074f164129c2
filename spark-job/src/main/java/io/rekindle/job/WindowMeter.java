package io.rekindle.job;

import io.rekindle.job.table.Took;
import io.rekindle.job.table.WindowFacts;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.MergeStatistics;
import io.rekindle.merge.MergedWindow;
import java.util.List;

/** Gathers what a window takes on its way. Handed from thread to thread with its window. */
final class WindowMeter {
  private Took decode = Took.NOTHING;
  private Took plan = Took.NOTHING;
  private Took execute = Took.NOTHING;
  private Took merge = Took.NOTHING;
  private Took roots = Took.NOTHING;
  private Took finish = Took.NOTHING;
  private long largestPartition;
  private long partitions;
  private long broadcast;
  private long collected;

  void decoded(List<DecodedBlock> blocks) {
    for (DecodedBlock block : blocks) {
      decode = decode.plus(block.took());
      collected += block.encoded().length;
    }
  }

  void planned(Took took) {
    plan = took;
  }

  /**
   * @param wallNanos from the start of the stage to its end
   */
  void executed(WindowTask task, List<ExecutedPartition> executed, long wallNanos) {
    broadcast += task.blocks().value().length;
    if (task.hasSidecars()) {
      broadcast += task.ownSidecars().bytes().value().length;
    }
    // Layers below the last were shipped for windows before.
    int last = task.snapshot().layers().size() - 1;
    broadcast += task.snapshot().layers().get(last).value().length;
    for (ExecutedPartition partition : executed) {
      long nanos = partition.unitNanos();
      execute = execute.plus(new Took(0, nanos));
      largestPartition = Math.max(largestPartition, nanos);
      partitions++;
      collected += partition.bytes();
    }
    execute = execute.withWall(wallNanos);
  }

  void merged(Took took) {
    merge = took;
  }

  void rooted(Took took) {
    roots = took;
  }

  /**
   * @param wallNanos from the start of the stage to its end
   */
  void finished(List<FinishedBlockReport> blocks, long wallNanos) {
    for (FinishedBlockReport block : blocks) {
      finish = finish.plus(block.took());
    }
    finish = finish.withWall(wallNanos);
  }

  /** All that was gathered. */
  WindowFacts facts(WindowBlocks window, MergedWindow merged) {
    MergeStatistics statistics = merged.statistics();
    double mean = partitions == 0 ? 0 : (double) execute.cpu() / partitions;
    return new WindowFacts(
        window.block(0).header().number(),
        window.block(window.size() - 1).header().number(),
        merged.runs().size(),
        merged.gasUsed(),
        statistics.wastedGas(),
        statistics.partitions(),
        statistics.acceptedWhole(),
        largestPartition,
        mean == 0 ? 1 : largestPartition / mean,
        statistics.reruns() + statistics.roundUnits(),
        statistics.rounds(),
        decode,
        plan,
        execute,
        merge,
        roots,
        finish,
        broadcast,
        collected);
  }
}
