package io.rekindle.job;

import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.RangeStarts;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of a run that start on a state of their own.
 *
 * @param stateRoot of the state before the first block, 0x and 64 digits; null where it is not said
 *     beforehand
 */
record RunRange(BlockRange blocks, String stateRoot) {
  /**
   * Divides a run.
   *
   * @param starts of which the first is the run's own; later ones than its last block are left out
   */
  static List<RunRange> divided(BlockRange run, RangeStarts starts) {
    List<RunRange> ranges = new ArrayList<>();
    for (int i = 0; i < starts.starts().size(); i++) {
      RangeStarts.Start start = starts.starts().get(i);
      long next =
          i + 1 == starts.starts().size()
              ? Long.MAX_VALUE
              : starts.starts().get(i + 1).firstBlock();
      if (start.firstBlock() <= run.last()) {
        ranges.add(
            new RunRange(
                new BlockRange(start.firstBlock(), Math.min(run.last(), next - 1)),
                start.stateRoot()));
      }
    }
    return ranges;
  }
}
