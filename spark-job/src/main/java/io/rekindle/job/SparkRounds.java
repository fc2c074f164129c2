package io.rekindle.job;

import io.rekindle.evm.process.Unit;
import io.rekindle.merge.Round;
import io.rekindle.merge.RoundPlanner;
import io.rekindle.merge.RoundRunner;
import io.rekindle.merge.UnitRun;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotDelta;
import java.util.ArrayList;
import java.util.List;

/** Sends the stale units of a window's rounds back to executors, on the merged state so far. */
final class SparkRounds implements RoundRunner {
  private final WindowStages stages;
  private final RoundPlanner planner;
  private final WindowTask window;
  private final List<Unit> units;
  private final Snapshot start;
  private final String what;

  /**
   * @param start the state that the window starts from
   * @param what the window's blocks, for people
   */
  SparkRounds(
      WindowStages stages,
      RunSettings settings,
      WindowTask window,
      List<Unit> units,
      Snapshot start,
      String what) {
    this.stages = stages;
    this.planner = new RoundPlanner(settings.cores());
    this.window = window;
    this.units = units;
    this.start = start;
    this.what = what;
  }

  @Override
  public List<UnitRun> run(Round round) {
    SnapshotRef base = stages.broadcast(window.snapshot(), SnapshotDelta.of(start, round.base()));
    try {
      WindowTask onBase = new WindowTask(window.chain(), window.blocks(), base);
      List<RoundTask> tasks = new ArrayList<>();
      for (int[] partition : planner.plan(units, round)) {
        tasks.add(RoundTask.of(onBase, partition, round.betweenFor(partition)));
      }
      return stages.executeAgain(tasks, what);
    } finally {
      base.layers().get(base.layers().size() - 1).destroy();
    }
  }
}
