package io.rekindle.job;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.word.Hash;
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
import io.rekindle.merge.UnitRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Re-executes a chain from its genesis, window after window, each on the state that the one before
 * left.
 */
final class ChainRun {
  private static final int ANCESTOR_HASHES = 256;
  private static final int OMMER_DEPTH = 7;

  private final WindowStages stages;
  private final RunSettings settings;
  private final ChainChoice chain;
  private final ChainState state;
  private final MergeValidator validator =
      new MergeValidator(new UnitExecutor(new Interpreter()), MergeSettings.DEFAULT);
  private final WindowPlanner planner;
  private final RunTotals totals = new RunTotals();

  private final Deque<byte[]> lastBlocks = new ArrayDeque<>();
  private final TreeMap<Long, Hash> lastHashes = new TreeMap<>();

  ChainRun(WindowStages stages, RunSettings settings, ChainChoice chain, Genesis genesis) {
    this.stages = stages;
    this.settings = settings;
    this.chain = chain;
    this.state = ChainState.of(genesis, stages);
    this.planner = new WindowPlanner(settings);
    Block first = new Block(genesis.header(), List.of(), List.of(), null);
    remember(0, genesis.header().hash(), first.encoded());
  }

  RunTotals run(BlockSource source, BlockRange range) {
    try (BlockFeed feed = new BlockFeed(stages, source, range, settings)) {
      for (List<DecodedBlock> blocks = feed.nextWindow();
          !blocks.isEmpty();
          blocks = feed.nextWindow()) {
        runWindow(blocks);
        if (!totals.failures.isEmpty()) {
          break;
        }
      }
    }
    return totals;
  }

  private void runWindow(List<DecodedBlock> decoded) {
    List<WindowBlock> blocks = new ArrayList<>(decoded.size());
    for (DecodedBlock block : decoded) {
      checkLink(block);
      blocks.add(block.inWindow(blocks.isEmpty() ? Map.copyOf(lastHashes) : Map.of()));
      lastHashes.put(block.number(), block.hash());
    }
    List<byte[]> before = List.copyOf(lastBlocks);
    WindowBlocks window = WindowBlocks.of(before, blocks, chain.spec());
    String what =
        new BlockRange(decoded.get(0).number(), decoded.get(decoded.size() - 1).number())
            .toString();
    WindowTask task = new WindowTask(chain, stages.broadcast(before, blocks), state.shipped());

    MergedWindow merged = merge(window, task, what);
    totals.add(merged.statistics());
    ChainState.Roots roots = state.advance(window, merged.runs());
    finish(window, task, merged, roots, what);
    for (DecodedBlock block : decoded) {
      remember(block.number(), block.hash(), block.encoded());
    }
  }

  private MergedWindow merge(WindowBlocks window, WindowTask task, String what) {
    WindowPlan plan = planner.plan(window.units(), state.reader());
    long start = System.nanoTime();
    List<ExecutedPartition> executed = stages.execute(PartitionTask.of(task, plan), what);
    totals.executeNanos += System.nanoTime() - start;
    List<PartitionResult> results = executed.stream().map(ExecutedPartition::result).toList();
    MergedWindow merged = validator.merge(window.units(), state.reader(), results, null);
    planner.learn(window.units(), executed, state.reader());
    return merged;
  }

  private void finish(
      WindowBlocks window,
      WindowTask task,
      MergedWindow merged,
      ChainState.Roots roots,
      String what) {
    List<FinishTask> blocks = new ArrayList<>();
    for (int block = 0; block < window.size(); block++) {
      int end = Math.min(window.firstUnit(block + 1), merged.runs().size());
      List<Outcome> outcomes =
          merged.runs().subList(Math.min(window.firstUnit(block), end), end).stream()
              .map(UnitRun::outcome)
              .toList();
      blocks.add(new FinishTask(0, block, outcomes, roots.afterUnit().get(block)));
    }
    List<FinishedBlockReport> reports =
        stages.finish(List.of(task), blocks, 2 * settings.cores(), what);
    for (int block = 0; block < reports.size(); block++) {
      totals.add(reports.get(block));
      checkRoot(window.block(block), roots.afterBlock().get(block));
    }
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

  private void checkLink(DecodedBlock block) {
    Hash parent = lastHashes.get(block.number() - 1);
    if (parent == null) {
      throw new ArchiveException(
          block.place(), "", "the block before it is missing, so its state is not known");
    }
    if (!parent.equals(block.parentHash())) {
      throw new ArchiveException(
          block.place(), "parentHash", "expected " + parent + ", actual " + block.parentHash());
    }
  }

  private void remember(long number, Hash hash, byte[] encoded) {
    lastHashes.put(number, hash);
    lastHashes.headMap(number - ANCESTOR_HASHES).clear();
    lastBlocks.addLast(encoded);
    if (lastBlocks.size() > OMMER_DEPTH) {
      lastBlocks.removeFirst();
    }
  }
}
