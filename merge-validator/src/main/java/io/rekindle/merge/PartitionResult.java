package io.rekindle.merge;

import java.util.List;

/** What an executor hands over for a partition. */
public final class PartitionResult {
  private final int partition;
  private final List<UnitRun> runs;
  private final PartitionSummary summary;
  private final int[] units;
  private final long gasUsed;

  /**
   * @param partition number in the plan
   * @param runs its units, in chain order
   */
  public PartitionResult(int partition, List<UnitRun> runs, PartitionSummary summary) {
    this.partition = partition;
    this.runs = runs;
    this.summary = summary;
    this.units = new int[runs.size()];
    long gas = 0;
    for (int i = 0; i < units.length; i++) {
      units[i] = runs.get(i).index();
      gas += runs.get(i).gasUsed();
    }
    this.gasUsed = gas;
  }

  public int partition() {
    return partition;
  }

  public List<UnitRun> runs() {
    return runs;
  }

  public PartitionSummary summary() {
    return summary;
  }

  /** Places of the runs in the window. Not to be changed. */
  int[] units() {
    return units;
  }

  /** Of all runs. */
  long gasUsed() {
    return gasUsed;
  }
}
