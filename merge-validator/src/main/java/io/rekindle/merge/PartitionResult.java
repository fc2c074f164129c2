package io.rekindle.merge;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What an executor hands over for a partition. */
public final class PartitionResult {
  private static final UnitRun[] NONE = {};

  private final int partition;
  private final UnitRun[] runs;
  private final PartitionSummary summary;

  /**
   * @param partition number in the plan
   * @param runs its units, in chain order
   */
  public PartitionResult(int partition, List<UnitRun> runs, PartitionSummary summary) {
    this.partition = partition;
    this.runs = runs.toArray(NONE);
    this.summary = summary;
  }

  public int partition() {
    return partition;
  }

  public List<UnitRun> runs() {
    return Collections.unmodifiableList(Arrays.asList(runs));
  }

  public PartitionSummary summary() {
    return summary;
  }

  int size() {
    return runs.length;
  }

  /**
   * @param place in the partition
   */
  UnitRun run(int place) {
    return runs[place];
  }
}
