package io.rekindle.job;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.job.table.ConflictFacts;
import io.rekindle.job.table.DependencyTracker;
import io.rekindle.job.table.RowTask;
import io.rekindle.job.table.UnitFacts;
import io.rekindle.job.table.WindowFacts;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.Conflict;
import io.rekindle.merge.HintAtFault;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.UnitRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what executors need for the rows of a window's blocks, beside their outcomes: sees the
 * states before its units first.
 */
final class RowTasks implements WindowPass.Visitor {
  private final WindowBlocks window;
  private final WindowPlan plan;
  private final MergedWindow merged;
  private final int[] partitionOf;
  private final Map<Integer, List<Conflict>> conflicts = new HashMap<>();
  private final List<UnitFacts> seen = new ArrayList<>();

  RowTasks(WindowBlocks window, WindowPlan plan, MergedWindow merged) {
    this.window = window;
    this.plan = plan;
    this.merged = merged;
    this.partitionOf = plan.partitionOf(window.units().size());
    for (Conflict conflict : merged.conflicts()) {
      conflicts.computeIfAbsent(conflict.unit(), unused -> new ArrayList<>()).add(conflict);
    }
  }

  @Override
  public void before(int unit, OverlayState state) {
    UnitRun run = merged.runs().get(unit);
    seen.add(
        UnitFacts.of(
            run.outcome(),
            state,
            partitionOf[unit],
            plan.clusters()[unit],
            conflicts(unit).size(),
            run.nanos()));
  }

  private List<Conflict> conflicts(int unit) {
    return conflicts.getOrDefault(unit, List.of());
  }

  /**
   * @param blocks of the window, up to the first invalid one
   * @param encoded their flat forms
   * @param verdict of the blocks
   * @param facts what the window took
   * @param dependencies has seen all units before the window; null where they are not wanted
   */
  List<byte[]> of(
      List<FinishTask> blocks,
      List<byte[]> encoded,
      WindowVerdict verdict,
      WindowFacts facts,
      DependencyTracker dependencies) {
    List<byte[]> tasks = new ArrayList<>();
    for (FinishTask block : blocks) {
      List<UnitFacts> units = new ArrayList<>();
      List<ConflictFacts> reruns = new ArrayList<>();
      int place = window.firstUnit(block.block());
      for (Outcome outcome : block.outcomes()) {
        units.add(withDependencies(dependencies, place, outcome));
        conflicts(place).forEach(conflict -> reruns.add(facts(conflict)));
        place++;
      }
      int number = tasks.size();
      RowTask task =
          new RowTask(
              block,
              verdict.number(number),
              verdict.valid(number),
              verdict.checks(number),
              units,
              reruns,
              tasks.isEmpty() ? facts : null);
      tasks.add(task.encode(encoded.get(number)));
    }
    return tasks;
  }

  private UnitFacts withDependencies(DependencyTracker dependencies, int place, Outcome outcome) {
    UnitFacts facts = seen.get(place);
    return dependencies == null
        ? facts
        : facts.withDependencies(dependencies.add(window.units().get(place), outcome, facts));
  }

  private ConflictFacts facts(Conflict conflict) {
    Unit writer = conflict.writer() < 0 ? null : window.units().get(conflict.writer());
    return new ConflictFacts(
        window.units().get(conflict.unit()).blockAccessIndex(),
        conflict.key(),
        writer == null ? -1 : writer.block().context().number(),
        writer == null ? -1 : writer.blockAccessIndex(),
        conflict.wastedGas(),
        HintAtFault.of(conflict, plan.hints()));
  }
}
