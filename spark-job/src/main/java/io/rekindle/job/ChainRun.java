package io.rekindle.job;

import io.rekindle.evm.chain.Block;
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
 *   this thread| execute, merge n, ship its delta |
 *   finish     | roots and checks of n-1 |
 * </pre>
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
    this.validator =
        new MergeValidator(new UnitExecutor(chain.newEngine()), settings.mergeSettings());
    this.audit = new Audit(new UnitExecutor(chain.newEngine()));
    this.state = new ChainState(stages, start.state());
  }

  /**
   * Runs over a range that follows the start.
   *
   * @param output takes the rows of verified windows; null where none are wanted
   */
  void run(BlockSource source, BlockRange range, RunTotals totals, RunOutput output) {
    try (BlockFeed feed = new BlockFeed(stages, source, range, settings);
        WindowPreparation preparation =
            new WindowPreparation(stages, settings, chain, feed, start, sidecars, total(output));
        WindowFinisher finisher = new WindowFinisher(stages, settings, roots, totals, output)) {
      Future<PreparedWindow> next = preparation.next(state.reader());
      for (PreparedWindow window = WorkerThread.resultOf(next);
          window != null && !finisher.stopped();
          window = WorkerThread.resultOf(next)) {
        next = preparation.next(state.reader());
        if (runWindow(window, preparation, finisher, totals.skew).invalidUnit() >= 0) {
          break;
        }
      }
      finisher.awaitAll();
    }
  }

  /** Total difficulty of the block that the run starts after; null where it is not known. */
  private UInt256 total(RunOutput output) {
    if (start.number() == 0) {
      return Block.decode(start.blocks().get(0)).header().difficulty();
    }
    return output == null ? null : output.totalDifficulty(start.number());
  }

  private MergedWindow runWindow(
      PreparedWindow window, WindowPreparation preparation, WindowFinisher finisher, Skew skew) {
    WindowTask task = new WindowTask(chain, window.blocks(), state.shipped());
    final long start = System.nanoTime();
    List<ExecutedPartition> executed = execute(window, task);
    final long executeNanos = System.nanoTime() - start;
    skew.add(executed);
    List<PartitionResult> results = executed.stream().map(ExecutedPartition::result).toList();
    List<Unit> units = window.window().units();
    RoundRunner rounds =
        new SparkRounds(stages, settings, task, units, state.reader(), window.what());
    Took startMerge = Took.now();
    MergedWindow merged =
        window.sidecars() == null
            ? validator.merge(units, state.reader(), results, rounds)
            : validator.mergeAlone(units, state.reader(), results, rounds);
    window.meter().merged(Took.since(startMerge));
    audit.run(units, merged, state.reader()).requireNoDifference();
    ChainState.Step step = state.advance(merged.runs());
    preparation.learn(window, executed);
    finisher.finish(new MergedStep(window, task.withoutSnapshot(), merged, step, executeNanos));
    return merged;
  }

  private List<ExecutedPartition> execute(PreparedWindow window, WindowTask plain) {
    Broadcast<byte[]> shipped =
        window.sidecars() == null ? null : stages.broadcast(window.sidecars());
    try {
      WindowTask task = plain.withSidecars(shipped);
      final long start = System.nanoTime();
      List<ExecutedPartition> executed =
          stages.execute(PartitionTask.of(task, window.plan()), window.what());
      window.meter().executed(task, executed, System.nanoTime() - start);
      return executed;
    } finally {
      if (shipped != null) {
        shipped.destroy();
      }
    }
  }
}
