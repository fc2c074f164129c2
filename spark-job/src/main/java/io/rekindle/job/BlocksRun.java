package io.rekindle.job;

import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.StateReader;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlock;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.MergeSettings;
import io.rekindle.merge.MergeValidator;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.PartitionResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Re-executes blocks that each bring the state they start from: every block is a window of its own,
 * and a batch of them runs at the same time.
 */
final class BlocksRun {
  private final WindowStages stages;
  private final RunSettings settings;
  private final ChainChoice chain;
  private final WindowPlanner planner;
  private final MergeValidator validator =
      new MergeValidator(new UnitExecutor(new Interpreter()), MergeSettings.DEFAULT);
  private final RunTotals totals = new RunTotals();

  BlocksRun(WindowStages stages, RunSettings settings, ChainChoice chain) {
    this.stages = stages;
    this.settings = settings;
    this.chain = chain;
    this.planner = new WindowPlanner(settings);
  }

  RunTotals run(BlockSource source, BlockRange range) {
    try (BlockFeed feed = new BlockFeed(stages, source, range, settings)) {
      for (List<DecodedBlock> blocks = feed.nextWindow();
          !blocks.isEmpty();
          blocks = feed.nextWindow()) {
        runBatch(blocks);
      }
    }
    return totals;
  }

  private void runBatch(List<DecodedBlock> blocks) {
    List<WindowBlocks> windows = new ArrayList<>();
    List<WindowTask> shared = new ArrayList<>();
    List<StateReader> states = new ArrayList<>();
    List<PartitionTask> tasks = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (DecodedBlock block : blocks) {
      if (block.prestate() == null) {
        throw new ArchiveException(block.place(), "prestate", "there is no state for this block");
      }
      List<WindowBlock> one = List.of(block.inWindow(block.ancestors()));
      WindowBlocks window = WindowBlocks.of(List.of(), one, chain.spec());
      WindowTask task =
          new WindowTask(chain, stages.broadcast(List.of(), one), stages.ship(block.prestate()));
      StateReader state = Prestates.decode(block.prestate());
      tasks.addAll(PartitionTask.of(task, planner.plan(window.units(), state)));
      ends.add(tasks.size());
      windows.add(window);
      shared.add(task);
      states.add(state);
    }
    String what = "blocks " + blocks.get(0).number() + " to " + last(blocks).number();
    List<ExecutedPartition> executed = stages.execute(tasks, what);
    List<FinishTask> finish = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      int start = i == 0 ? 0 : ends.get(i - 1);
      List<ExecutedPartition> own = executed.subList(start, ends.get(i));
      List<PartitionResult> results = own.stream().map(ExecutedPartition::result).toList();
      List<Unit> units = windows.get(i).units();
      MergedWindow merged = validator.merge(units, states.get(i), results, null);
      planner.learn(units, own, states.get(i));
      totals.add(merged.statistics());
      finish.add(
          new FinishTask(i, 0, merged.runs().stream().map(run -> run.outcome()).toList(), null));
    }
    stages.finish(shared, finish, 2 * settings.cores(), what).forEach(totals::add);
  }

  private static DecodedBlock last(List<DecodedBlock> blocks) {
    return blocks.get(blocks.size() - 1);
  }
}
