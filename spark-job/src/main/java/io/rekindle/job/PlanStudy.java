package io.rekindle.job;

import io.rekindle.job.PlannedWindow.Planned;
import io.rekindle.partitioner.PlanReport;
import io.rekindle.partitioner.PlanReport.LevelReport;
import io.rekindle.partitioner.PlanReport.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@link PlanRun} found. */
public final class PlanStudy {
  private final PlanChoice choice;
  private final List<PlannedWindow> windows;

  PlanStudy(PlanChoice choice, List<PlannedWindow> windows) {
    this.choice = choice;
    this.windows = List.copyOf(windows);
  }

  PlanChoice choice() {
    return choice;
  }

  List<PlannedWindow> windows() {
    return windows;
  }

  /** For people. */
  public String text() {
    return new PlanText(this).text();
  }

  /** For programs: maps, lists and numbers; gas where nothing else is said. */
  public Map<String, Object> json() {
    return new PlanJson(this).json();
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** {@link PlanReport#efficiency} on the cores of the choice. */
  double efficiency(long gas, long makespan) {
    return PlanReport.efficiency(gas, choice.cores(), makespan);
  }

  /** Of all windows. */
  long gas() {
    return windows.stream().mapToLong(PlannedWindow::gas).sum();
  }

  /** Over all windows, which run one after another, so that their makespans add up. */
  record Sum(long predicted, long executed, long reruns, long wasted) {}

  /**
   * @param strategy its place in the choice
   */
  Sum sum(int strategy) {
    long predicted = 0;
    long executed = 0;
    long reruns = 0;
    long wasted = 0;
    for (PlannedWindow window : windows) {
      Planned planned = window.plans().get(strategy);
      predicted += planned.plan().makespan();
      executed += planned.executedMakespan();
      reruns += planned.plan().rerunCost();
      wasted += planned.wastedGas();
    }
    return new Sum(predicted, executed, reruns, wasted);
  }

  @FunctionalInterface
  interface Level {
    LevelReport of(PlanReport report);
  }

  /** Over all windows, at a level of keys; there must be a window. */
  List<Scale> scales(Level level) {
    List<Scale> sums = new ArrayList<>();
    for (int i = 0; i < level.of(windows.get(0).report()).scales().size(); i++) {
      long makespan = 0;
      long uncut = 0;
      long reruns = 0;
      int cores = 0;
      for (PlannedWindow window : windows) {
        Scale scale = level.of(window.report()).scales().get(i);
        cores = scale.cores();
        makespan += scale.makespan();
        uncut += scale.uncutMakespan();
        reruns += scale.rerunCost();
      }
      double efficiency = PlanReport.efficiency(gas(), cores, makespan);
      sums.add(new Scale(cores, makespan, uncut, reruns, efficiency));
    }
    return sums;
  }
}
