package io.rekindle.job;

import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.util.List;

/**
 * The total difficulties that the ranges of a run start after, as the run would have come to know
 * them had it been one range: from genesis on, by adding up the difficulties that the blocks in the
 * archive have. Safe for threads.
 */
final class TotalDifficulties {
  private static final int BLOCKS_PER_TASK = 4096;

  private final WindowStages stages;
  private final BlockSource source;
  private final List<RunRange> ranges;
  private final UInt256[] before;

  /**
   * @param start total difficulty of the block before the first range; null where it is not known
   */
  TotalDifficulties(WindowStages stages, BlockSource source, List<RunRange> ranges, UInt256 start) {
    this.stages = stages;
    this.source = source;
    this.ranges = ranges;
    this.before = new UInt256[ranges.size()];
    before[0] = start;
  }

  /** Total difficulty of the block before a range; null where only the archive may tell it. */
  synchronized UInt256 before(int range) {
    if (range == 0 || before[0] == null || isStated(ranges.get(range).blocks().first())) {
      return range == 0 ? before[0] : null;
    }
    for (int i = 1; i <= range; i++) {
      if (before[i] == null) {
        before[i] = before[i - 1].add(sum(ranges.get(i - 1).blocks()));
      }
    }
    return before[range];
  }

  /** Whether the archive has the total difficulty of a block, and so of those after it. */
  private boolean isStated(long number) {
    return first(number).totalDifficulty() != null;
  }

  private ArchivedBlock first(long number) {
    return source.splits(new BlockRange(number, number), 1).get(0).read().next();
  }

  private UInt256 sum(BlockRange blocks) {
    // After the merge there is no difficulty any more.
    return first(blocks.first()).block().header().difficulty().isZero()
        ? UInt256.ZERO
        : stages.difficulty(source.splits(blocks, BLOCKS_PER_TASK), blocks.toString());
  }
}
