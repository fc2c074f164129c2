package io.rekindle.job;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.output.TableWriter;
import io.rekindle.job.table.RowTask;
import io.rekindle.job.table.UnitFacts;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.UnitRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Finishes merged windows in order, while later ones execute: state roots, receipts, header checks.
 * After a window that failed no other one is finished. What was broadcast for a window is destroyed
 * here, since no task needs it any more.
 */
final class WindowFinisher implements AutoCloseable {
  /** Merged windows that may wait: more would only take memory. */
  private static final int WAITING = 2;

  private final WindowStages stages;
  private final RunSettings settings;
  private final RunTotals totals;
  private final TableWriter tables;
  private final WorkerThread thread = new WorkerThread("rekindle-finish");
  private final Deque<Future<?>> pending = new ArrayDeque<>();
  private final StateRoots roots;
  private volatile boolean failed;

  /**
   * @param tables takes the rows of verified windows; null where none are wanted
   */
  WindowFinisher(
      WindowStages stages,
      RunSettings settings,
      StateRoots roots,
      RunTotals totals,
      TableWriter tables) {
    this.stages = stages;
    this.tables = tables;
    this.settings = settings;
    this.roots = roots;
    this.totals = totals;
  }

  /** Whether a window failed a check, so that those after it are without worth. */
  boolean failed() {
    return failed;
  }

  /** Finishes a window after those handed over before; waits where too many do. */
  void finish(MergedStep step) {
    while (pending.size() >= WAITING) {
      WorkerThread.resultOf(pending.removeFirst());
    }
    pending.addLast(
        thread.submit(
            () -> {
              if (!failed) {
                finishNow(step);
                failed = !totals.failures.isEmpty();
              }
              return null;
            }));
  }

  /** Waits until all is finished. */
  void awaitAll() {
    while (!pending.isEmpty()) {
      WorkerThread.resultOf(pending.removeFirst());
    }
    if (tables != null && !failed) {
      write(tables::flush);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finishNow(MergedStep step) {
    totals.add(step.merged().statistics());
    totals.executeNanos += step.executeNanos();
    WindowBlocks window = step.window().window();
    List<UnitRun> runs = step.merged().runs();
    final long start = System.nanoTime();
    StateRoots.Roots after =
        roots == null ? null : roots.advance(window, step.step().before(), runs);
    totals.rootNanos += System.nanoTime() - start;
    List<FinishTask> blocks = new ArrayList<>();
    for (int block = 0; block < window.size(); block++) {
      int end = Math.min(window.firstUnit(block + 1), runs.size());
      List<Outcome> outcomes =
          runs.subList(Math.min(window.firstUnit(block), end), end).stream()
              .map(UnitRun::outcome)
              .toList();
      blocks.add(
          new FinishTask(0, block, outcomes, after == null ? null : after.afterUnit().get(block)));
    }
    List<FinishedBlockReport> reports =
        stages.finish(List.of(step.task()), blocks, 2 * settings.cores(), step.window().what());
    for (int block = 0; block < reports.size(); block++) {
      totals.add(reports.get(block));
      if (after != null) {
        checkRoot(window.block(block), after.afterBlock().get(block));
      }
    }
    Runnable release = () -> step.window().blocks().destroy();
    step.step().outdated().forEach(layer -> layer.destroy());
    if (tables == null || !totals.failures.isEmpty()) {
      release.run();
      return;
    }
    WindowTask task = step.task();
    List<RowTask> rows = rowTasks(step, blocks, after);
    write(
        () ->
            tables.add(
                (row, wanted) -> task.rows(row, wanted),
                window.block(0).header().number(),
                rows,
                release));
  }

  /** What the rows of each block need beside its outcomes: the values before each unit. */
  private static List<RowTask> rowTasks(
      MergedStep step, List<FinishTask> blocks, StateRoots.Roots after) {
    OverlayState state = new OverlayState(step.step().before());
    Map<Integer, Integer> reruns = new HashMap<>();
    step.merged().conflicts().forEach(conflict -> reruns.merge(conflict.unit(), 1, Integer::sum));
    int[] partitionOf = step.window().plan().partitionOf(step.window().window().units().size());
    List<RowTask> tasks = new ArrayList<>();
    int unit = 0;
    for (FinishTask block : blocks) {
      List<UnitFacts> facts = new ArrayList<>();
      for (Outcome outcome : block.outcomes()) {
        long nanos = step.merged().runs().get(unit).nanos();
        facts.add(
            UnitFacts.of(outcome, state, partitionOf[unit], reruns.getOrDefault(unit, 0), nanos));
        state.apply(outcome.writes());
        unit++;
      }
      tasks.add(
          new RowTask(block, facts, after == null ? null : after.afterBlock().get(block.block())));
    }
    return tasks;
  }

  private void checkRoot(Block block, Hash root) {
    Hash expected = block.header().stateRoot();
    if (expected.equals(root)) {
      totals.checksPassed++;
    } else {
      totals.failures.add(
          new BlockCheck(
              block.header().number(),
              BlockRule.STATE_ROOT,
              expected.toString(),
              root.toString(),
              false));
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
