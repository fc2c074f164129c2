package io.rekindle.job;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.output.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How ranges that ran side by side fit together: whether each ended on the very state that the next
 * one started from. Safe for threads.
 */
final class Seams {
  /** How a range's start compares with the end of the range before. */
  enum Fit {
    /** The range before has not come to its end. */
    OPEN,
    PROVEN,
    BROKEN
  }

  private final List<RunRange> ranges;
  private final Hash[] ends;

  Seams(List<RunRange> ranges) {
    this.ranges = ranges;
    this.ends = new Hash[ranges.size()];
  }

  /**
   * Says where a range ended.
   *
   * @param root of the state after its last block
   */
  synchronized void ended(int range, Hash root) {
    ends[range] = root;
  }

  /**
   * How a range fits the one before.
   *
   * @param range not the first
   */
  synchronized Fit before(int range) {
    Hash end = ends[range - 1];
    if (end == null) {
      return Fit.OPEN;
    }
    return end.toString().equals(ranges.get(range).stateRoot()) ? Fit.PROVEN : Fit.BROKEN;
  }

  /** Whether no seam is broken, and none open. */
  boolean passed() {
    for (int range = 1; range < ranges.size(); range++) {
      if (before(range) != Fit.PROVEN) {
        return false;
      }
    }
    return true;
  }

  /** A line for each seam that is not proven, and what there is in all; none without seams. */
  synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    int proven = 0;
    for (int range = 1; range < ranges.size(); range++) {
      RunRange next = ranges.get(range);
      String seam = "seam after block " + (next.blocks().first() - 1) + ": ";
      switch (before(range)) {
        case PROVEN -> proven++;
        case OPEN -> lines.add(seam + "open, since the range before it has not ended");
        case BROKEN ->
            lines.add(
                seam
                    + "the range before it ended on state root "
                    + ends[range - 1]
                    + ", the next one started from "
                    + next.stateRoot());
      }
    }
    if (ranges.size() > 1) {
      lines.add(
          String.format(
              "%,d ranges side by side, %,d of %,d seams proven",
              ranges.size(), proven, ranges.size() - 1));
    }
    return lines;
  }

  /** The word for a range's seam in {@link RunStatus.Range}. */
  String word(int range) {
    return range == 0 ? null : before(range).name().toLowerCase(Locale.ROOT);
  }
}
