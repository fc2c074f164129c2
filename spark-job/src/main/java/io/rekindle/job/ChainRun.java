package io.rekindle.job;

import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.table.Took;
import io.rekindle.merge.Audit;
import io.rekindle.merge.MergeValidator;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.RoundRunner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.spark.broadcast.Broadcast;

/**
 * Re-executes a chain from a block whose state is known, window after window, each on the state
 * that the one before left. While a window executes and merges, the next is prepared and the one
 * before finished:
 *
 * <pre>
 *   decode     | n+2 ...        |
 *   prepare    | n+1, learn n-1 |
 *   execute    | n              |
 *   this thread| merge n, ship its delta |
 *   finish     | roots and checks of n-1 |
 * </pre>
 *
 * <p>With sidecars a window need not wait for the state that the one before leaves, since they tell
 * it: as many as the settings say execute ahead of the one being merged, each on the last merged
 * state with the sidecars of the windows between. Merging, which proves the sidecars, goes on in
 * order and on merged state alone; a window that started from a lie is stale there and runs again.
 */
final class ChainRun {
  private final WindowStages stages;
  private final RunSettings settings;
  private final ChainChoice chain;
  private final ChainStart start;
  private final StateRoots roots;
  private final SidecarTable sidecars;
  private final ChainState state;
  private final MergeValidator validator;
  private final Audit audit;

  /** Windows that execute, in order. */
  private final Deque<Running> running = new ArrayDeque<>();

  private final Deque<Outdated> outdated = new ArrayDeque<>();

  /**
   * @param roots of the state that the run starts on
   * @param sidecars for all blocks, by which every unit starts on its own; null where there are
   *     none
   */
  ChainRun(
      WindowStages stages,
      RunSettings settings,
      ChainChoice chain,
      ChainStart start,
      StateRoots roots,
      SidecarTable sidecars) {
    this.stages = stages;
    this.settings = settings;
    this.chain = chain;
    this.start = start;
    this.roots = roots;
    this.sidecars = sidecars;
    this.validator = new MergeValidator(chain.newExecutor(), settings.mergeSettings());
    this.audit = new Audit(new UnitExecutor(chain.newEngine()));
    this.state = new ChainState(stages, start.state());
  }

  /**
   * Runs over a range that follows the start.
   *
   * @param total difficulty from genesis up to and with the start; null where it is not known
   * @param output takes the rows of verified windows; null where none are wanted
   * @return whether it came to the end of the range
   */
  boolean run(
      BlockSource source, BlockRange range, UInt256 total, RunTotals totals, RangeOutput output) {
    int atOnce = sidecars == null ? 1 : 1 + settings.windowsAhead();
    try (BlockFeed feed = new BlockFeed(stages, source, range, settings);
        SidecarFeed known = sidecars == null ? null : new SidecarFeed(sidecars, range);
        WindowPreparation preparation =
            new WindowPreparation(stages, settings, chain, feed, start, known, total);
        Workers executing = new Workers("rekindle-execute", atOnce);
        WindowFinisher finisher = new WindowFinisher(stages, settings, roots, totals, output)) {
      Future<PreparedWindow> next = preparation.next(state.reader());
      for (boolean more = true; more && !finisher.stopped(); ) {
        while (next != null && running.size() < atOnce) {
          PreparedWindow window = Workers.resultOf(next);
          next = window == null ? null : preparation.next(state.reader());
          if (window != null) {
            running.addLast(start(window, executing));
          }
        }
        more = !running.isEmpty() && merge(preparation, finisher, totals).invalidUnit() < 0;
      }
      finisher.awaitAll();
      return !finisher.stopped();
    }
  }

  /** A window whose partitions execute. */
  private record Running(
      PreparedWindow window, WindowTask task, Future<List<ExecutedPartition>> executed) {}

  /** Starts to execute a window, on the merged state or what sidecars say of a later one. */
  private Running start(PreparedWindow window, Workers executing) {
    List<SidecarsRef> known = new ArrayList<>();
    if (window.sidecars() != null) {
      running.forEach(before -> known.add(before.task().ownSidecars()));
      known.add(
          new SidecarsRef(
              stages.broadcast(window.sidecars().flat()),
              window.window().block(0).header().number()));
    }
    WindowTask task = new WindowTask(chain, window.blocks(), state.shipped(), known);
    List<PartitionTask> tasks = PartitionTask.of(task, window.plan());
    return new Running(
        window,
        task,
        executing.submit(
            () -> {
              final long start = System.nanoTime();
              List<ExecutedPartition> executed = stages.execute(tasks, window.what());
              window.meter().executed(task, executed, System.nanoTime() - start);
              return executed;
            }));
  }

  /** Merges the window that executes longest, and moves on to the state after it. */
  private MergedWindow merge(
      WindowPreparation preparation, WindowFinisher finisher, RunTotals totals) {
    Running first = running.peekFirst();
    PreparedWindow window = first.window();
    List<ExecutedPartition> executed = Workers.resultOf(first.executed());
    synchronized (totals) {
      totals.skew.add(executed);
    }
    List<PartitionResult> results = executed.stream().map(ExecutedPartition::result).toList();
    List<Unit> units = window.window().units();
    WindowTask onMerged = new WindowTask(chain, window.blocks(), state.shipped());
    RoundRunner rounds =
        new SparkRounds(stages, settings, onMerged, units, state.reader(), window.what());
    Took startMerge = Took.now();
    MergedWindow merged =
        window.sidecars() == null
            ? validator.merge(units, state.reader(), results, rounds)
            : validator.mergeAlone(units, state.reader(), results, rounds);
    window.meter().merged(Took.since(startMerge));
    audit.run(units, merged, state.reader()).requireNoDifference();
    ChainState.Step step = state.advance(merged.runs());
    running.removeFirst();
    release(first, step);
    preparation.learn(window, executed, merged);
    finisher.finish(
        new MergedStep(
            window,
            onMerged.withoutSnapshot(),
            merged,
            ExecutedPartition.outcomes(executed),
            step));
    return merged;
  }

  /**
   * Frees what no later window starts from, once those that execute now have ended: they may start
   * from it.
   */
  private void release(Running merged, ChainState.Step step) {
    List<Broadcast<byte[]>> old = new ArrayList<>(step.outdated());
    if (merged.task().hasSidecars()) {
      old.add(merged.task().ownSidecars().bytes());
    }
    outdated.addLast(new Outdated(old, running.size()));
    for (int i = outdated.size(); i > 0; i--) {
      Outdated next = outdated.removeFirst();
      if (next.windows() == 0) {
        next.layers().forEach(layer -> layer.destroy());
      } else {
        outdated.addLast(new Outdated(next.layers(), next.windows() - 1));
      }
    }
  }

  /**
   * Broadcasts on their way out.
   *
   * @param windows to be merged before nobody needs them
   */
  private record Outdated(List<Broadcast<byte[]>> layers, int windows) {}
}
