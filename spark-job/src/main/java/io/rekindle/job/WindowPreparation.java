package io.rekindle.job;

import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.WindowBlock;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.MergedWindow;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Makes the windows of a chain ready, each while the one before executes: takes their blocks from
 * the feed, checks that they are linked, ships and plans them. Learning happens on the same thread,
 * between two plans, so that the order of lessons and plans does not depend on who is faster.
 */
final class WindowPreparation implements AutoCloseable {
  private final WindowStages stages;
  private final ChainChoice chain;
  private final BlockFeed feed;
  private final SidecarFeed sidecars;
  private final WindowPlanner planner;
  private final Workers thread = new Workers("rekindle-prepare");

  /** The last lesson; what it threw comes out at the next. */
  private Future<?> lesson;

  private final ChainLinks links;

  /**
   * @param start the block before the first one, with its ancestors
   * @param sidecars for all blocks; null where there are none
   * @param total difficulty from genesis up to and with that block; null where it is not known
   */
  WindowPreparation(
      WindowStages stages,
      RunSettings settings,
      ChainChoice chain,
      BlockFeed feed,
      ChainStart start,
      SidecarFeed sidecars,
      UInt256 total) {
    this.stages = stages;
    this.chain = chain;
    this.feed = feed;
    this.sidecars = sidecars;
    this.planner = new WindowPlanner(settings);
    this.links = new ChainLinks(start, total);
  }

  /**
   * Starts to prepare the next window; null comes out at the end of the range.
   *
   * @param state to plan on, at best that of the window's start
   */
  Future<PreparedWindow> next(StateReader state) {
    return thread.submit(() -> prepare(state));
  }

  /** Starts to learn from a merged window, after what was submitted before. */
  void learn(PreparedWindow window, List<ExecutedPartition> executed, MergedWindow merged) {
    if (lesson != null) {
      Workers.resultOf(lesson);
    }
    lesson =
        thread.submit(
            () -> {
              planner.learn(window.window().units(), executed, window.plannedOn());
              planner.learn(window.plan(), merged);
              return null;
            });
  }

  private PreparedWindow prepare(StateReader state) {
    List<DecodedBlock> decoded = feed.nextWindow();
    if (decoded.isEmpty()) {
      return null;
    }
    WindowMeter meter = new WindowMeter();
    meter.decoded(decoded);
    List<byte[]> before = links.before();
    List<WindowBlock> blocks = links.next(decoded);
    WindowBlocks window = WindowBlocks.of(before, blocks, chain.spec());
    BlockRange range = DecodedBlock.rangeOf(decoded);
    ClaimedSidecars known = sidecars == null ? null : sidecars.of(range);
    Took start = Took.now();
    WindowPlan plan = planner.plan(window.units(), state);
    meter.planned(Took.since(start));
    return new PreparedWindow(
        window, stages.broadcast(before, blocks), plan, range.toString(), state, known, meter);
  }

  @Override
  public void close() {
    thread.close();
  }
}
