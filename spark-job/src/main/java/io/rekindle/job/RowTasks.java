package io.rekindle.job;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what executors need for the rows of a window's blocks, beside their outcomes.
 *
 * @param before the state that the window starts from
 * @param dependencies has seen all units before the window; null where they are not wanted
 */
record RowTasks(
    StateReader before,
    WindowBlocks window,
    WindowPlan plan,
    MergedWindow merged,
    DependencyTracker dependencies) {
  /**
   * @param blocks of the window, up to the first invalid one
   * @param encoded their flat forms
   * @param verdict of the blocks
   * @param facts what the window took
   */
  List<byte[]> of(
      List<FinishTask> blocks, List<byte[]> encoded, WindowVerdict verdict, WindowFacts facts) {
    OverlayState state = new OverlayState(before);
    Map<Integer, List<Conflict>> conflicts = new HashMap<>();
    for (Conflict conflict : merged.conflicts()) {
      conflicts.computeIfAbsent(conflict.unit(), unused -> new ArrayList<>()).add(conflict);
    }
    int[] partitionOf = plan.partitionOf(window.units().size());
    List<byte[]> tasks = new ArrayList<>();
    for (FinishTask block : blocks) {
      List<UnitFacts> units = new ArrayList<>();
      List<ConflictFacts> reruns = new ArrayList<>();
      int place = window.firstUnit(block.block());
      for (Outcome outcome : block.outcomes()) {
        List<Conflict> own = conflicts.getOrDefault(place, List.of());
        UnitFacts unit =
            UnitFacts.of(
                outcome,
                state,
                partitionOf[place],
                plan.clusters()[place],
                own.size(),
                merged.runs().get(place).nanos());
        units.add(withDependencies(window.units().get(place), outcome, unit));
        own.forEach(conflict -> reruns.add(facts(conflict)));
        state.apply(outcome.writes());
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

  private UnitFacts withDependencies(Unit unit, Outcome outcome, UnitFacts facts) {
    return dependencies == null
        ? facts
        : facts.withDependencies(
            dependencies.add(
                unit.block().context().number(), unit.blockAccessIndex(), outcome, facts));
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
