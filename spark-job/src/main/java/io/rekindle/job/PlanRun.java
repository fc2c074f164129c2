package io.rekindle.job;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.job.PlannedWindow.Planned;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.LocalRunner;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.RoundPlanner;
import io.rekindle.merge.UnitRun;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.HintQuality;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.KeyLevel;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanReport;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import io.rekindle.partitioner.learn.UnitObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says how windows would be planned and what that is worth, without Spark: executes their units one
 * after another, which tells what they touch and use; holds the hints that a run would have had
 * against that; and executes each plan and merges it, to see what is run twice.
 *
 * <p>Windows are planned as a run plans them, with templates learned from those before; but each
 * has its full size from the first on, and has taught before the next is planned.
 */
final class PlanRun {
  private static final int BLOCKS_PER_SPLIT = 64;

  private final BlockSource source;
  private final RunSettings settings;
  private final ChainChoice chain;
  private final PlanChoice choice;
  private final WindowPlanner planner;
  private final UnitExecutor executor;
  private final List<PlannedWindow> planned = new ArrayList<>();

  /**
   * @param settings how windows are cut
   */
  PlanRun(BlockSource source, RunSettings settings, ChainChoice chain, PlanChoice choice) {
    this.source = source;
    this.settings = settings;
    this.chain = chain;
    this.choice = choice;
    this.planner = new WindowPlanner(settings);
    this.executor = new UnitExecutor(chain.newEngine());
  }

  /**
   * Plans windows of a chain.
   *
   * @param start from where blocks are executed; those before the range teach, and are not reported
   */
  PlanStudy ofChain(ChainStart start, BlockRange range) {
    ChainLinks links = new ChainLinks(start, null);
    OverlayState state = new OverlayState(start.state());
    List<DecodedBlock> blocks = new ArrayList<>();
    long gas = 0;
    for (Iterator<DecodedBlock> all = blocks(new BlockRange(start.number() + 1, range.last()));
        all.hasNext(); ) {
      DecodedBlock block = all.next();
      blocks.add(block);
      gas += block.gasUsed();
      if (gas >= settings.windowGas()
          || blocks.size() >= settings.maxWindowBlocks()
          || block.number() == range.first() - 1
          || !all.hasNext()) {
        WindowBlocks window = WindowBlocks.of(links.before(), links.next(blocks), chain.spec());
        boolean asked = block.number() >= range.first();
        window(window, blocks, state, asked).forEach(run -> state.apply(run.outcome().writes()));
        blocks.clear();
        gas = 0;
      }
    }
    return new PlanStudy(choice, planned);
  }

  /**
   * Plans blocks that each bring the state they start from, every one a window.
   *
   * @param witnesses of blocks by their numbers; null where blocks have prestates
   */
  PlanStudy ofBlocks(BlockRange range, Map<Long, ArchiveFile> witnesses) {
    for (Iterator<DecodedBlock> all = blocks(range); all.hasNext(); ) {
      DecodedBlock read = all.next();
      DecodedBlock block =
          witnesses == null
              ? read
              : DecodedBlock.ofBytes(WitnessTask.of(chain, read, witnesses).withState());
      WindowBlocks window = WindowBlocks.of(List.of(), List.of(block.alone()), chain.spec());
      window(window, List.of(block), Prestates.decode(block.prestate()), true);
    }
    return new PlanStudy(choice, planned);
  }

  private Iterator<DecodedBlock> blocks(BlockRange range) {
    Iterator<BlockSplit> splits = source.splits(range, BLOCKS_PER_SPLIT).iterator();
    return new Iterator<>() {
      private Iterator<ArchivedBlock> current = List.<ArchivedBlock>of().iterator();

      @Override
      public boolean hasNext() {
        while (!current.hasNext() && splits.hasNext()) {
          current = splits.next().read();
        }
        return current.hasNext();
      }

      @Override
      public DecodedBlock next() {
        Took start = Took.now();
        return DecodedBlock.of(current.next(), start);
      }
    };
  }

  /** Executes a window, reports on it if that is asked for, and learns from it. */
  private List<UnitRun> window(
      WindowBlocks window, List<DecodedBlock> blocks, StateReader state, boolean asked) {
    List<Unit> units = window.units();
    WindowPlanner.Expectation expected = planner.expect(units, state);
    List<UnitObserver> observers = new ArrayList<>();
    List<UnitRun> runs = execute(window, blocks, state, expected.observed(), observers);
    if (asked) {
      planned.add(
          report(DecodedBlock.rangeOf(blocks), units, runs, expected.units().hints(), state));
    }
    for (int i = 0; i < runs.size(); i++) {
      planner.learn(units.get(i), runs.get(i), Optional.ofNullable(observers.get(i)), state);
    }
    return runs;
  }

  private List<UnitRun> execute(
      WindowBlocks window,
      List<DecodedBlock> blocks,
      StateReader state,
      boolean[] observed,
      List<UnitObserver> observers) {
    OverlayState serial = new OverlayState(state);
    List<UnitRun> runs = new ArrayList<>();
    for (int block = 0; block < window.size(); block++) {
      long gas = 0;
      for (int unit = window.firstUnit(block); unit < window.firstUnit(block + 1); unit++) {
        UnitObserver observer = observed[unit] ? new UnitObserver() : null;
        long start = System.nanoTime();
        Outcome outcome =
            executor.execute(
                serial, window.units().get(unit), UnitExecutor.Mode.SPECULATIVE, observer);
        UnitRun run = new UnitRun(unit, outcome, System.nanoTime() - start);
        if (outcome.result() instanceof UnitResult.Unanswered unanswered) {
          throw new ArchiveException(
              blocks.get(block).place(), "", "its state does not say " + unanswered.what());
        }
        serial.apply(outcome.writes());
        observers.add(observer);
        runs.add(run);
        gas += run.gasUsed();
      }
      checkGas(window.block(block).header(), gas, blocks.get(block).place());
    }
    return runs;
  }

  /** Plans on other rules or another state than the block's would say nothing of it. */
  private static void checkGas(Header header, long gas, String place) {
    if (header.gasUsed() != gas) {
      throw new ArchiveException(
          place,
          "gasUsed",
          "the header says " + header.gasUsed() + ", executing it " + gas + ": is it this chain?");
    }
  }

  private PlannedWindow report(
      BlockRange range,
      List<Unit> units,
      List<UnitRun> runs,
      AccessHints learned,
      StateReader state) {
    AccessHints.Builder builder = AccessHints.builder();
    long[] gas = new long[runs.size()];
    for (int i = 0; i < gas.length; i++) {
      Outcome outcome = runs.get(i).outcome();
      gas[i] = Math.max(1, runs.get(i).gasUsed());
      builder.startUnit();
      UnitHints.addObserved(builder, outcome.reads(), outcome.writes(), HintSource.SIDECAR);
    }
    AccessHints observed = builder.build();
    WindowUnits exact = new WindowUnits(units, gas, observed);
    WindowUnits known =
        choice.hints() == PlanChoice.Hints.OBSERVED ? exact : new WindowUnits(units, gas, learned);
    PlanSettings plans = choice.settings().withTrust(planner.trust());
    List<Planned> made = new ArrayList<>();
    for (String strategy : choice.strategies()) {
      PartitionPlan plan = Partitioner.byName(strategy).plan(known, plans);
      boolean alone = strategy.equals(Partitioner.VERSIONED);
      MergedWindow merged = alone ? null : merge(units, plan, state);
      made.add(new Planned(plan, alone ? null : merged.statistics()));
      if (made.size() == 1 && choice.hints() != PlanChoice.Hints.OBSERVED && !alone) {
        planner.learn(WindowPlan.of(plan, new boolean[gas.length], learned), merged);
      }
    }
    HintQuality quality = HintQuality.compare(known.hints(), observed);
    PlanReport report =
        PlanReport.of(exact, plans.withLevel(KeyLevel.SLOT), made.get(0).plan(), quality);
    return new PlannedWindow(range, report, made);
  }

  private MergedWindow merge(List<Unit> units, PartitionPlan plan, StateReader state) {
    try (LocalRunner runner =
        new LocalRunner(
            Math.min(choice.cores(), Runtime.getRuntime().availableProcessors()),
            Engines.named(chain.engine()),
            settings.mergeSettings(),
            new RoundPlanner(choice.cores()))) {
      return runner.run(units, plan.allPartitions(), state);
    }
  }
}
