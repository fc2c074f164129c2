package io.rekindle.job;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.VerifiedWindow;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlock;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.Audit;
import io.rekindle.merge.MergeSettings;
import io.rekindle.merge.MergeValidator;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.UnitRun;
import io.rekindle.merge.wire.EncodedOutcomes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Re-executes blocks that each bring the state they start from: every block is a window of its own,
 * a batch of them executes at the same time, and batches do not wait for one another:
 *
 * <pre>
 *   decode      | n+4 ...  |
 *   witness     | n+2, n+3 | where blocks have witnesses
 *   execute     | n, n+1   |
 *   this thread | plan n+2, merge n |
 *   finish      | checks and rows of n-1 |
 * </pre>
 */
final class BlocksRun {
  /** Merged batches that may wait to be finished. */
  private static final int WAITING = 2;

  private final WindowStages stages;
  private final RunSettings settings;
  private final ChainChoice chain;
  private final WindowPlanner planner;
  private final MergeValidator validator;
  private final Audit audit;
  private final RunTotals totals;
  private final RangeOutput output;

  private final boolean strict;
  private final Map<Long, ArchiveFile> witnesses;
  private volatile boolean stopped;

  /**
   * @param witnesses of blocks by their numbers; null where blocks have prestates
   * @param strict whether a read of what a prestate does not list is an error
   * @param output takes the rows of verified blocks; null where none are wanted
   */
  BlocksRun(
      WindowStages stages,
      RunSettings settings,
      ChainChoice chain,
      Map<Long, ArchiveFile> witnesses,
      boolean strict,
      RunTotals totals,
      RangeOutput output) {
    this.stages = stages;
    this.settings = settings;
    this.chain = chain;
    this.planner = new WindowPlanner(settings);
    this.witnesses = witnesses;
    this.strict = strict;
    this.totals = totals;
    this.output = output;
    this.validator = new MergeValidator(chain.newExecutor(), MergeSettings.DEFAULT);
    this.audit = new Audit(new UnitExecutor(chain.newEngine()));
  }

  /**
   * A block on its way.
   *
   * @param decoded with the state that it starts from
   * @param end of its tasks in those of the batch
   */
  private record OneBlock(
      DecodedBlock decoded,
      WindowBlocks window,
      WindowTask task,
      StateReader state,
      WindowPlan plan,
      int end,
      WindowMeter meter) {}

  private static void release(WindowTask task) {
    task.blocks().destroy();
    task.snapshot().layers().forEach(layer -> layer.destroy());
  }

  /**
   * Blocks whose states are being found.
   *
   * @param witnessed null where the blocks bring their states
   */
  private record Starting(
      String what, List<WitnessTask> witnessed, Future<List<DecodedBlock>> blocks) {}

  /** What the tasks of a batch gave, and the wall time from the first to the last. */
  private record Executed(List<ExecutedPartition> partitions, long nanos) {}

  /** Blocks that execute. */
  private record Running(Starting started, List<OneBlock> blocks, Future<Executed> executed) {}

  void run(BlockSource source, BlockRange range) {
    int atOnce = 1 + settings.windowsAhead();
    Deque<Starting> starting = new ArrayDeque<>();
    Deque<Running> running = new ArrayDeque<>();
    Deque<Future<?>> finishing = new ArrayDeque<>();
    try (BlockFeed feed = new BlockFeed(stages, source, range, settings);
        Workers reading = new Workers("rekindle-witness", atOnce);
        Workers executing = new Workers("rekindle-execute", atOnce);
        Workers finisher = new Workers("rekindle-finish")) {
      boolean more = true;
      while (!stopped && (more || !running.isEmpty())) {
        while (more && running.size() < atOnce) {
          more = fill(starting, feed, reading, atOnce);
          if (more) {
            running.addLast(execute(starting.removeFirst(), executing));
          }
        }
        if (!running.isEmpty()) {
          Running batch = running.removeFirst();
          List<MergedWindow> merged = merge(batch);
          while (finishing.size() >= WAITING) {
            Workers.resultOf(finishing.removeFirst());
          }
          finishing.addLast(finisher.submit(() -> finish(batch, merged)));
        }
      }
      finishing.forEach(Workers::resultOf);
    }
    if (output != null) {
      output.flush();
    }
  }

  /** Starts to find the states of the next batches; whether there is one. */
  private boolean fill(Deque<Starting> starting, BlockFeed feed, Workers reading, int atOnce) {
    // Prestates come with their blocks, so that one batch is as good as many.
    int wanted = witnesses == null ? 1 : atOnce;
    while (starting.size() < wanted) {
      List<DecodedBlock> read = feed.nextWindow();
      if (read.isEmpty()) {
        break;
      }
      String what = DecodedBlock.rangeOf(read).toString();
      if (witnesses == null) {
        starting.addLast(new Starting(what, null, CompletableFuture.completedFuture(read)));
      } else {
        List<WitnessTask> tasks = witnessTasks(read);
        starting.addLast(
            new Starting(what, tasks, reading.submit(() -> stages.readWitnesses(tasks, what))));
      }
    }
    return !starting.isEmpty();
  }

  private Running execute(Starting batch, Workers executing) {
    List<OneBlock> blocks = new ArrayList<>();
    List<PartitionTask> tasks = new ArrayList<>();
    for (DecodedBlock block : Workers.resultOf(batch.blocks())) {
      blocks.add(prepare(block, tasks));
    }
    return new Running(
        batch,
        blocks,
        executing.submit(
            () -> {
              final long start = System.nanoTime();
              List<ExecutedPartition> executed = stages.execute(tasks, batch.what());
              return new Executed(executed, System.nanoTime() - start);
            }));
  }

  private List<MergedWindow> merge(Running batch) {
    Executed executed = Workers.resultOf(batch.executed());
    List<MergedWindow> merged = new ArrayList<>();
    int first = 0;
    for (OneBlock block : batch.blocks()) {
      List<ExecutedPartition> own = executed.partitions().subList(first, block.end());
      first = block.end();
      block.meter().executed(block.task(), own, executed.nanos());
      totals.skew.add(own);
      merged.add(merge(block, own));
    }
    return merged;
  }

  /** Holds a batch against its headers, and hands over its rows. */
  private Void finish(Running batch, List<MergedWindow> merged) {
    if (stopped) {
      return null;
    }
    List<OneBlock> blocks = batch.blocks();
    List<FinishTask> finish = new ArrayList<>();
    List<byte[]> encoded = new ArrayList<>();
    EncodedOutcomes flat =
        ExecutedPartition.outcomes(Workers.resultOf(batch.executed()).partitions());
    for (int i = 0; i < blocks.size(); i++) {
      List<UnitRun> runs = merged.get(i).runs();
      totals.add(merged.get(i));
      totals.unlisted.add(
          blocks.get(i).decoded().number(),
          Prestates.decode(blocks.get(i).decoded().prestate()),
          runs);
      finish.add(new FinishTask(i, 0, runs.stream().map(UnitRun::outcome).toList(), null));
      encoded.add(finish.get(i).encode(flat));
    }
    List<WindowVerdict> verdicts = verdicts(batch, encoded);
    boolean more = true;
    for (int i = 0; i < blocks.size(); i++) {
      WindowVerdict verdict = verdicts.get(i);
      verdict.addTo(totals);
      more &= !verdict.failed() || settings.onMismatch() == OnMismatch.RECORD;
      if (output != null && more) {
        output.add(
            verifiedWindow(blocks.get(i), merged.get(i), finish.get(i), encoded.get(i), verdict));
      } else {
        release(blocks.get(i).task());
      }
    }
    stopped = !more;
    return null;
  }

  /**
   * @param tasks each a {@link FinishTask} in flat form
   */
  private List<WindowVerdict> verdicts(Running batch, List<byte[]> tasks) {
    List<OneBlock> blocks = batch.blocks();
    String what = batch.started().what();
    int units = blocks.stream().mapToInt(block -> block.window().units().size()).sum();
    final long start = System.nanoTime();
    List<FinishedBlockReport> reports =
        stages.finish(
            blocks.stream().map(OneBlock::task).toList(), tasks, settings.finishTasks(units), what);
    final long finishNanos = System.nanoTime() - start;
    List<Hash> roots =
        witnesses == null ? null : stages.witnessRoots(batch.started().witnessed(), tasks, what);
    List<WindowVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).meter().finished(List.of(reports.get(i)), finishNanos);
      WindowVerdict verdict = new WindowVerdict(List.of(reports.get(i)));
      if (roots != null) {
        Header header = blocks.get(i).window().block(0).header();
        verdict.add(
            BlockCheck.equal(
                header.number(), BlockRule.STATE_ROOT, header.stateRoot(), roots.get(i)));
      }
      verdicts.add(verdict);
    }
    return verdicts;
  }

  private List<WitnessTask> witnessTasks(List<DecodedBlock> blocks) {
    return blocks.stream().map(block -> WitnessTask.of(chain, block, witnesses)).toList();
  }

  private OneBlock prepare(DecodedBlock block, List<PartitionTask> tasks) {
    List<WindowBlock> one = List.of(block.alone());
    WindowMeter meter = new WindowMeter();
    meter.decoded(List.of(block));
    WindowBlocks window = WindowBlocks.of(List.of(), one, chain.spec());
    byte[] prestate = strict ? Prestates.strict(block.prestate()) : block.prestate();
    WindowTask task =
        new WindowTask(chain, stages.broadcast(List.of(), one), stages.ship(prestate));
    StateReader state = Prestates.decode(prestate);
    Took startPlan = Took.now();
    WindowPlan plan = planner.plan(window.units(), state);
    meter.planned(Took.since(startPlan));
    tasks.addAll(PartitionTask.of(task, plan));
    return new OneBlock(block, window, task, state, plan, tasks.size(), meter);
  }

  private MergedWindow merge(OneBlock block, List<ExecutedPartition> executed) {
    List<PartitionResult> results = executed.stream().map(ExecutedPartition::result).toList();
    List<Unit> units = block.window().units();
    try {
      Took start = Took.now();
      MergedWindow merged = validator.merge(units, block.state(), results, null);
      block.meter().merged(Took.since(start));
      audit.run(units, merged, block.state()).requireNoDifference();
      planner.learn(units, executed, block.state());
      planner.learn(block.plan(), merged);
      return merged;
    } catch (MissingStateException e) {
      throw new ArchiveException(block.decoded().place(), "prestate", e.getMessage(), e);
    }
  }

  private VerifiedWindow verifiedWindow(
      OneBlock block,
      MergedWindow merged,
      FinishTask finish,
      byte[] encoded,
      WindowVerdict verdict) {
    WindowBlocks window = block.window();
    WindowTask task = block.task();
    RowTasks rows = new RowTasks(window, block.plan(), merged);
    new WindowPass(window, block.state(), merged.runs()).run(rows);
    List<byte[]> tasks =
        rows.of(
            List.of(finish),
            List.of(encoded),
            verdict,
            block.meter().facts(window, merged),
            output.dependencies());
    long number = window.block(0).header().number();
    return new VerifiedWindow(
        task::rows,
        tasks,
        merged.runs().size(),
        number,
        number,
        window.hash(0),
        false,
        verdict.counts(),
        verdict.failures(),
        null,
        () -> release(task));
  }
}
