package io.rekindle.job;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.TableWriter;
import io.rekindle.merge.MergeValidator;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.RoundRunner;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Re-executes a chain from its genesis, window after window, each on the state that the one before
 * left. While a window executes and merges, the next is prepared and the one before finished:
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
  private final Genesis genesis;
  private final ChainState state;
  private final MergeValidator validator;

  ChainRun(WindowStages stages, RunSettings settings, ChainChoice chain, Genesis genesis) {
    this.stages = stages;
    this.settings = settings;
    this.chain = chain;
    this.genesis = genesis;
    this.validator =
        new MergeValidator(new UnitExecutor(new Interpreter()), settings.mergeSettings());
    this.state = ChainState.of(genesis, stages);
  }

  /**
   * @param tables takes the rows of verified windows; null where none are wanted
   */
  RunTotals run(BlockSource source, BlockRange range, TableWriter tables) {
    RunTotals totals = new RunTotals();
    byte[] first = new Block(genesis.header(), List.of(), List.of(), null).encoded();
    try (BlockFeed feed = new BlockFeed(stages, source, range, settings);
        WindowPreparation preparation =
            new WindowPreparation(
                stages, settings, chain, feed, 0, genesis.header().hash(), first);
        WindowFinisher finisher =
            new WindowFinisher(stages, settings, state.trie(), totals, tables)) {
      Future<PreparedWindow> next = preparation.next(state.reader());
      for (PreparedWindow window = WorkerThread.resultOf(next);
          window != null && !finisher.failed();
          window = WorkerThread.resultOf(next)) {
        next = preparation.next(state.reader());
        runWindow(window, preparation, finisher);
      }
      finisher.awaitAll();
    }
    return totals;
  }

  private void runWindow(
      PreparedWindow window, WindowPreparation preparation, WindowFinisher finisher) {
    WindowTask task = new WindowTask(chain, window.blocks(), state.shipped());
    final long start = System.nanoTime();
    List<ExecutedPartition> executed =
        stages.execute(PartitionTask.of(task, window.plan()), window.what());
    final long executeNanos = System.nanoTime() - start;
    List<PartitionResult> results = executed.stream().map(ExecutedPartition::result).toList();
    List<Unit> units = window.window().units();
    RoundRunner rounds =
        new SparkRounds(stages, settings, task, units, state.reader(), window.what());
    MergedWindow merged = validator.merge(units, state.reader(), results, rounds);
    ChainState.Step step = state.advance(merged.runs());
    preparation.learn(window, executed);
    finisher.finish(new MergedStep(window, task, merged, step, executeNanos));
  }
}
