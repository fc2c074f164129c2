package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.Outcome;
import io.rekindle.job.output.VerifiedWindow;
import io.rekindle.job.output.VerifiedWindow.StateChange;
import io.rekindle.job.table.WindowFacts;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.UnitRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.spark.broadcast.Broadcast;

/**
 * Finishes merged windows in order, while later ones execute: state roots, receipts, header checks.
 * After a window that stops the run no other one is finished. What was broadcast for a window is
 * destroyed here, since no task needs it any more.
 */
final class WindowFinisher implements AutoCloseable {
  /** Merged windows that may wait: more would only take memory. */
  private static final int WAITING = 2;

  private final WindowStages stages;
  private final RunSettings settings;
  private final RunTotals totals;
  private final RangeOutput output;
  private final Workers thread = new Workers("rekindle-finish");
  private final Deque<Future<?>> pending = new ArrayDeque<>();
  private final StateRoots roots;
  private volatile boolean stopped;

  /**
   * @param output takes the rows of verified windows; null where none are wanted
   */
  WindowFinisher(
      WindowStages stages,
      RunSettings settings,
      StateRoots roots,
      RunTotals totals,
      RangeOutput output) {
    this.stages = stages;
    this.output = output;
    this.settings = settings;
    this.roots = roots;
    this.totals = totals;
  }

  /** Whether a window was found after which the run is to end. */
  boolean stopped() {
    return stopped;
  }

  /** Finishes a window after those handed over before; waits where too many do. */
  void finish(MergedStep step) {
    while (pending.size() >= WAITING) {
      Workers.resultOf(pending.removeFirst());
    }
    pending.addLast(
        thread.submit(
            () -> {
              if (!stopped) {
                finishNow(step);
              }
              return null;
            }));
  }

  /** Waits until all is finished, and what was verified committed. */
  void awaitAll() {
    while (!pending.isEmpty()) {
      Workers.resultOf(pending.removeFirst());
    }
    if (output != null) {
      output.flush();
    }
  }

  private void finishNow(MergedStep step) {
    synchronized (totals) {
      totals.add(step.merged());
    }
    WindowBlocks window = step.window().window();
    RowTasks rows =
        output == null ? null : new RowTasks(window, step.window().plan(), step.merged());
    WindowPass.Roots after = pass(step, rows);
    synchronized (totals) {
      totals.rootNanos += after == null ? 0 : after.took().cpu();
      totals.sidecars.check(step);
    }
    List<FinishTask> blocks = finishTasks(step, after);
    List<byte[]> encoded = blocks.stream().map(block -> block.encode(step.outcomes())).toList();
    WindowVerdict verdict = verdict(step, encoded, after);
    synchronized (totals) {
      verdict.addTo(totals);
    }
    // It waits for its group, and must not keep the window with it.
    Broadcast<byte[]> shipped = step.window().blocks();
    Runnable release = () -> shipped.destroy();
    boolean mismatch = verdict.failed() && settings.onMismatch() == OnMismatch.STOP;
    if (output == null || mismatch) {
      release.run();
    } else {
      WindowFacts facts = step.window().meter().facts(window, step.merged());
      output.add(
          verifiedWindow(
              step,
              rows.of(blocks, encoded, verdict, facts, output.dependencies()),
              after,
              verdict,
              release));
    }
    stopped = mismatch || step.merged().invalidUnit() >= 0;
  }

  /**
   * Goes through the window, where anybody asks for what is on the way.
   *
   * @param rows null where none are wanted
   * @return the roots; null where the state has none
   */
  private WindowPass.Roots pass(MergedStep step, RowTasks rows) {
    WindowPass pass =
        new WindowPass(step.window().window(), step.step().before(), step.merged().runs());
    if (roots != null) {
      WindowPass.Roots after = pass.run(roots, rows == null ? (unit, state) -> {} : rows);
      step.window().meter().rooted(after.took());
      return after;
    }
    if (rows != null) {
      pass.run(rows);
    }
    return null;
  }

  /** The blocks up to the first invalid one, if there is one; what comes after has no state. */
  private static List<FinishTask> finishTasks(MergedStep step, WindowPass.Roots after) {
    WindowBlocks window = step.window().window();
    List<UnitRun> runs = step.merged().runs();
    int invalid = step.merged().invalidUnit();
    List<FinishTask> blocks = new ArrayList<>();
    for (int block = 0;
        block < window.size() && (invalid < 0 || window.firstUnit(block) <= invalid);
        block++) {
      int end = Math.min(window.firstUnit(block + 1), runs.size());
      List<Outcome> outcomes =
          runs.subList(window.firstUnit(block), end).stream().map(UnitRun::outcome).toList();
      blocks.add(
          new FinishTask(0, block, outcomes, after == null ? null : after.afterUnit().get(block)));
    }
    return blocks;
  }

  private WindowVerdict verdict(MergedStep step, List<byte[]> blocks, WindowPass.Roots after) {
    WindowBlocks window = step.window().window();
    final long start = System.nanoTime();
    List<FinishedBlockReport> finished =
        stages.finish(
            List.of(step.task()),
            blocks,
            settings.finishTasks(step.merged().runs().size()),
            step.window().what());
    step.window().meter().finished(finished, System.nanoTime() - start);
    WindowVerdict verdict = new WindowVerdict(finished);
    int withRoot = blocks.size() - (step.merged().invalidUnit() >= 0 ? 1 : 0);
    for (int block = 0; block < withRoot && after != null; block++) {
      verdict.add(
          BlockCheck.equal(
              window.block(block).header().number(),
              BlockRule.STATE_ROOT,
              window.block(block).header().stateRoot(),
              after.afterBlock().get(block)));
    }
    return verdict;
  }

  /**
   * @param rows a task for each block up to the first invalid one
   */
  private static VerifiedWindow verifiedWindow(
      MergedStep step,
      List<byte[]> rows,
      WindowPass.Roots after,
      WindowVerdict verdict,
      Runnable release) {
    WindowBlocks window = step.window().window();
    int last = rows.size() - 1;
    WindowTask task = step.task();
    return new VerifiedWindow(
        task::rows,
        rows,
        step.merged().runs().size(),
        window.block(0).header().number(),
        window.block(last).header().number(),
        window.hash(last),
        step.merged().invalidUnit() >= 0,
        verdict.counts(),
        verdict.failures(),
        new StateChange(
            step.step().delta(),
            step.step().after(),
            after == null ? null : after.afterBlock().get(last)),
        release);
  }

  @Override
  public void close() {
    thread.close();
  }
}
