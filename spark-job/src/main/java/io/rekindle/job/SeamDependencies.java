package io.rekindle.job;

import io.rekindle.job.output.GroupSeries;
import io.rekindle.job.output.SeamWriter;
import io.rekindle.job.table.DependencyTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Completes the table of dependencies across the seams of ranges that ran side by side: a range's
 * first units may depend on ones of the ranges before, which are known once those have ended. Safe
 * for threads.
 */
final class SeamDependencies {
  private final List<RunRange> ranges;
  private final Seams seams;
  private final List<RangeOutput> outputs;
  private final SeamWriter writer;

  /**
   * @param outputs of the ranges, in order
   */
  SeamDependencies(
      List<RunRange> ranges, Seams seams, List<RangeOutput> outputs, SeamWriter writer) {
    this.ranges = ranges;
    this.seams = seams;
    this.outputs = outputs;
    this.writer = writer;
  }

  /** Writes what can be known by now. */
  synchronized void write(RunOutput output) {
    for (int range = 1; range < ranges.size(); range++) {
      List<GroupSeries> before = writer.isOpen(range) ? before(range) : List.of();
      if (!before.isEmpty()) {
        int following = range;
        output.io(() -> writer.close(following, before));
      }
    }
  }

  /**
   * The groups of the ranges on which a range may depend, the last one first; none where one of
   * them has not ended, or not on the state from which the next one started.
   */
  private List<GroupSeries> before(int range) {
    long reach = ranges.get(range).blocks().first() - DependencyTracker.REACH;
    List<GroupSeries> before = new ArrayList<>();
    for (int next = range; next > 0 && ranges.get(next).blocks().first() > reach; next--) {
      if (seams.before(next) != Seams.Fit.PROVEN) {
        return List.of();
      }
      before.add(outputs.get(next - 1).series());
    }
    return before;
  }

  /** What the table does not have, in a line; none where it has all. */
  List<String> open() {
    String starts =
        IntStream.range(1, ranges.size())
            .filter(writer::isOpen)
            .mapToObj(range -> Long.toString(ranges.get(range).blocks().first()))
            .collect(Collectors.joining(", "));
    return starts.isEmpty()
        ? List.of()
        : List.of(
            "dependencies: units after the seams before blocks "
                + starts
                + " have no rows yet for writers before them");
  }
}
