package io.rekindle.benchmarks;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.job.table.BlockRows;
import io.rekindle.job.table.DependencyTracker;
import io.rekindle.job.table.RowTask;
import io.rekindle.job.table.UnitFacts;
import io.rekindle.job.window.BlockFinisher;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlock;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a job does for its tables, on two threads and without the job: blocks are read and their
 * senders recovered, every unit is executed once, in chain order, with recording, and the same rows
 * go to files of the same format. There is no plan, no merge and no state root; a block's claim of
 * its root goes to the table as it is. The blocks are put together and held against their headers,
 * since the rows of receipts and checks say what came out.
 */
final class BareThreads {
  /** Blocks that are read and executed together. */
  private static final int SPLIT = 64;

  /** The same where each block brings its own state: the fewer are held, the less is collected. */
  private static final int SPLIT_OF_OWN_STATES = 1;

  private static final int ANCESTORS = 256;
  private static final int OMMER_DEPTH = 7;

  private final BlockSource source;
  private final BlockRange range;
  private final ChainSpec spec;
  private final Snapshot start;
  private final List<byte[]> before;
  private final BareFiles files;
  private final UnitExecutor executor = new UnitExecutor(Engines.named(Engines.DEFAULT).get());

  /**
   * @param start the state before the range; null where blocks bring their own
   * @param before RLP of the block before the range, where it is known
   */
  BareThreads(
      BlockSource source,
      BlockRange range,
      ChainSpec spec,
      Snapshot start,
      List<byte[]> before,
      BareFiles files) {
    this.source = source;
    this.range = range;
    this.spec = spec;
    this.start = start;
    this.before = before;
    this.files = files;
  }

  /**
   * The CPU time of a pass, in nanoseconds.
   *
   * @param gas that was used, to see that all was executed
   * @param units that were executed
   */
  record Times(long decode, long execute, long rows, long gas, int units) {}

  /** Executed blocks whose rows go to one set of files. */
  private record Batch(List<WindowBlocks> windows, List<List<RowTask>> rows, int units) {}

  /**
   * One pass over the range.
   *
   * @param unitsPerFile units after which the rows go on in new files
   */
  Times pass(Path folder, int unitsPerFile) {
    ExecutorService second = Executors.newFixedThreadPool(1, work -> new Thread(work, "bare"));
    try {
      return new Pass(folder, unitsPerFile, second).run();
    } finally {
      second.shutdown();
    }
  }

  private final class Pass {
    private final Path folder;
    private final int unitsPerFile;
    private final ExecutorService second;
    private final AtomicLong decode = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private final DependencyTracker dependencies = new DependencyTracker();
    private final TreeMap<Long, Hash> hashes = new TreeMap<>();
    private final Deque<byte[]> last = new ArrayDeque<>(before);
    private final List<Future<?>> writes = new ArrayList<>();
    private OverlayState state = start == null ? null : new OverlayState(start);
    private UInt256 total = UInt256.ZERO;
    private long execute;
    private long gas;
    private int units;

    Pass(Path folder, int unitsPerFile, ExecutorService second) {
      this.folder = folder;
      this.unitsPerFile = unitsPerFile;
      this.second = second;
    }

    Times run() {
      Iterator<BlockSplit> splits =
          source.splits(range, start == null ? SPLIT_OF_OWN_STATES : SPLIT).iterator();
      Future<List<BareBlock>> next = decoded(splits);
      Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), 0);
      while (next != null) {
        List<BareBlock> blocks = resultOf(next);
        next = decoded(splits);
        Batch current = batch;
        Batch[] grown = new Batch[1];
        execute += CpuClock.time(() -> grown[0] = execute(blocks, current));
        batch = grown[0];
        if (batch.units() >= unitsPerFile || next == null) {
          Batch full = batch;
          Path place = folder.resolve(Integer.toString(writes.size()));
          writes.add(second.submit(() -> rows.addAndGet(CpuClock.time(() -> write(full, place)))));
          batch = new Batch(new ArrayList<>(), new ArrayList<>(), 0);
        }
      }
      writes.forEach(BareThreads::resultOf);
      return new Times(decode.get(), execute, rows.get(), gas, units);
    }

    private Future<List<BareBlock>> decoded(Iterator<BlockSplit> splits) {
      if (!splits.hasNext()) {
        return null;
      }
      BlockSplit split = splits.next();
      return second.submit(
          () -> {
            List<List<BareBlock>> blocks = new ArrayList<>();
            decode.addAndGet(CpuClock.time(() -> blocks.add(BareBlock.read(split))));
            return blocks.get(0);
          });
    }

    private Batch execute(List<BareBlock> blocks, Batch batch) {
      int units = batch.units();
      if (start == null) {
        for (BareBlock block : blocks) {
          state = new OverlayState(block.state());
          units += execute(List.of(block), window(List.of(block)), batch);
        }
      } else {
        units += execute(blocks, window(blocks), batch);
      }
      return new Batch(batch.windows(), batch.rows(), units);
    }

    private WindowBlocks window(List<BareBlock> blocks) {
      final List<byte[]> parents = start == null ? List.of() : List.copyOf(last);
      List<WindowBlock> window = new ArrayList<>();
      for (BareBlock block : blocks) {
        Header header = block.block().header();
        Map<Long, Hash> ancestors = block.ancestors();
        if (start != null) {
          ancestors = window.isEmpty() ? Map.copyOf(hashes) : Map.of();
          total = total.add(header.difficulty());
          hashes.put(header.number(), block.archived().hash());
          hashes.headMap(header.number() - ANCESTORS).clear();
          last.addLast(block.archived().encoded());
          if (last.size() > OMMER_DEPTH) {
            last.removeFirst();
          }
        }
        window.add(
            new WindowBlock(
                block.archived().encoded(),
                block.archived().hash(),
                block.senders(),
                ancestors,
                block.archived().missingOmmers() == 0,
                start == null ? block.archived().totalDifficulty() : total));
      }
      return WindowBlocks.of(parents, window, spec);
    }

    private int execute(List<BareBlock> blocks, WindowBlocks window, Batch batch) {
      List<RowTask> tasks = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i++) {
        List<Outcome> outcomes = new ArrayList<>();
        List<UnitFacts> facts = new ArrayList<>();
        for (int place = window.firstUnit(i); place < window.firstUnit(i + 1); place++) {
          Unit unit = window.units().get(place);
          Outcome outcome = executor.execute(state, unit, UnitExecutor.Mode.SPECULATIVE);
          UnitFacts fact = UnitFacts.of(outcome, state, 0, 0, 0, 0);
          facts.add(fact.withDependencies(dependencies.add(unit, outcome, fact)));
          outcomes.add(outcome);
          state.apply(outcome.writes());
        }
        tasks.add(finished(window, new FinishTask(0, i, outcomes, null), facts));
        gas += window.block(i).header().gasUsed();
      }
      batch.windows().add(window);
      batch.rows().add(tasks);
      units += window.units().size();
      return window.units().size();
    }
  }

  /**
   * Holds a block against its header.
   *
   * @throws IllegalStateException where a check fails: then something else was executed
   */
  private RowTask finished(WindowBlocks window, FinishTask block, List<UnitFacts> facts) {
    Header header = window.block(block.block()).header();
    BlockFinisher.FinishedBlock finished =
        BlockFinisher.finish(window, block.block(), block.outcomes(), null);
    if (!finished.passed()) {
      throw new IllegalStateException("block " + header.number() + ": " + finished.checks());
    }
    List<BlockCheck> checks = new ArrayList<>(finished.checks());
    if (start != null) {
      checks.add(
          BlockCheck.equal(
              header.number(), BlockRule.STATE_ROOT, header.stateRoot(), header.stateRoot()));
    }
    return new RowTask(block, header.number(), true, checks, facts, List.of(), null);
  }

  private void write(Batch batch, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (BareFiles.Open open = files.open(folder)) {
      for (int i = 0; i < batch.windows().size(); i++) {
        for (RowTask task : batch.rows().get(i)) {
          BlockRows.write(batch.windows().get(i), task, open);
        }
      }
    }
  }

  private static <T> T resultOf(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
