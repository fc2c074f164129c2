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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Re-executes blocks that each bring the state they start from: every block is a window of its own,
 * and a batch of them runs at the same time.
 */
final class BlocksRun {
  private final WindowStages stages;
  private final RunSettings settings;
  private final ChainChoice chain;
  private final WindowPlanner planner;
  private final MergeValidator validator;
  private final Audit audit;
  private final RunTotals totals;
  private final RunOutput output;

  private final boolean strict;
  private final Map<Long, ArchiveFile> witnesses;

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
      RunOutput output) {
    this.stages = stages;
    this.settings = settings;
    this.chain = chain;
    this.planner = new WindowPlanner(settings);
    this.witnesses = witnesses;
    this.strict = strict;
    this.totals = totals;
    this.output = output;
    this.validator = new MergeValidator(new UnitExecutor(chain.newEngine()), MergeSettings.DEFAULT);
    this.audit = new Audit(new UnitExecutor(chain.newEngine()));
  }

  /**
   * A block on its way.
   *
   * @param end of its tasks in those of the batch
   */
  private record OneBlock(
      WindowBlocks window,
      WindowTask task,
      StateReader state,
      WindowPlan plan,
      int end,
      WindowMeter meter) {
    void release() {
      task.blocks().destroy();
      task.snapshot().layers().forEach(layer -> layer.destroy());
    }
  }

  void run(BlockSource source, BlockRange range) {
    try (BlockFeed feed = new BlockFeed(stages, source, range, settings)) {
      boolean more = true;
      for (List<DecodedBlock> blocks = feed.nextWindow();
          more && !blocks.isEmpty();
          blocks = feed.nextWindow()) {
        more = runBatch(blocks);
      }
    }
    if (output != null) {
      output.flush();
    }
  }

  /** Whether the run is to go on. */
  private boolean runBatch(List<DecodedBlock> read) {
    long last = read.get(read.size() - 1).number();
    String what = new BlockRange(read.get(0).number(), last).toString();
    List<WitnessTask> witnessed = witnesses == null ? null : witnessTasks(read);
    List<DecodedBlock> decoded = witnesses == null ? read : stages.readWitnesses(witnessed, what);
    List<OneBlock> blocks = new ArrayList<>();
    List<PartitionTask> tasks = new ArrayList<>();
    for (DecodedBlock block : decoded) {
      blocks.add(prepare(block, tasks));
    }
    final long start = System.nanoTime();
    List<ExecutedPartition> executed = stages.execute(tasks, what);
    long executeNanos = System.nanoTime() - start;
    totals.executeNanos += executeNanos;
    List<MergedWindow> merged = new ArrayList<>();
    List<FinishTask> finish = new ArrayList<>();
    List<byte[]> encoded = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      OneBlock block = blocks.get(i);
      List<ExecutedPartition> own =
          executed.subList(i == 0 ? 0 : blocks.get(i - 1).end(), block.end());
      block.meter().executed(block.task(), own, executeNanos);
      merged.add(merge(decoded.get(i), block, own));
      totals.add(merged.get(i));
      totals.skew.add(own);
      List<UnitRun> runs = merged.get(i).runs();
      totals.unlisted.add(
          decoded.get(i).number(), Prestates.decode(decoded.get(i).prestate()), runs);
      finish.add(new FinishTask(i, 0, runs.stream().map(UnitRun::outcome).toList(), null));
      encoded.add(finish.get(i).encode());
    }
    long startFinish = System.nanoTime();
    List<FinishedBlockReport> reports =
        stages.finish(
            blocks.stream().map(OneBlock::task).toList(), encoded, 2 * settings.cores(), what);
    long finishNanos = System.nanoTime() - startFinish;
    List<Hash> roots = witnesses == null ? null : stages.witnessRoots(witnessed, encoded, what);
    boolean more = true;
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).meter().finished(List.of(reports.get(i)), finishNanos);
      WindowVerdict verdict = new WindowVerdict(List.of(reports.get(i)));
      if (roots != null) {
        Header header = blocks.get(i).window().block(0).header();
        verdict.add(
            BlockCheck.equal(
                header.number(), BlockRule.STATE_ROOT, header.stateRoot(), roots.get(i)));
      }
      verdict.addTo(totals);
      more &= !verdict.failed() || settings.onMismatch() == OnMismatch.RECORD;
      if (output != null && more) {
        output.add(
            verifiedWindow(blocks.get(i), merged.get(i), finish.get(i), encoded.get(i), verdict));
      } else {
        blocks.get(i).release();
      }
    }
    return more;
  }

  private List<WitnessTask> witnessTasks(List<DecodedBlock> blocks) {
    return blocks.stream().map(block -> WitnessTask.of(chain, block, witnesses)).toList();
  }

  private OneBlock prepare(DecodedBlock block, List<PartitionTask> tasks) {
    if (block.prestate() == null) {
      throw new ArchiveException(block.place(), "prestate", "there is no state for this block");
    }
    List<WindowBlock> one = List.of(block.inWindow(block.ancestors(), block.totalDifficulty()));
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
    return new OneBlock(window, task, state, plan, tasks.size(), meter);
  }

  private MergedWindow merge(
      DecodedBlock decoded, OneBlock block, List<ExecutedPartition> executed) {
    List<PartitionResult> results = executed.stream().map(ExecutedPartition::result).toList();
    List<Unit> units = block.window().units();
    try {
      Took start = Took.now();
      MergedWindow merged = validator.merge(units, block.state(), results, null);
      block.meter().merged(Took.since(start));
      audit.run(units, merged, block.state()).requireNoDifference();
      planner.learn(units, executed, block.state());
      return merged;
    } catch (MissingStateException e) {
      throw new ArchiveException(decoded.place(), "prestate", e.getMessage(), e);
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
    List<byte[]> rows =
        new RowTasks(block.state(), window, block.plan(), merged, output.dependencies())
            .of(List.of(finish), List.of(encoded), verdict, block.meter().facts(window, merged));
    long number = window.block(0).header().number();
    return new VerifiedWindow(
        task::rows,
        rows,
        merged.runs().size(),
        number,
        number,
        window.hash(0),
        false,
        verdict.counts(),
        verdict.failures(),
        null,
        block::release);
  }
}
