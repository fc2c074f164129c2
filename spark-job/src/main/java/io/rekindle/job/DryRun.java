package io.rekindle.job;

import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run would do, without doing it: found by looking at the archive's index and at some of its
 * blocks, from which the others are estimated.
 */
public final class DryRun {
  private static final int SAMPLED = 32;

  private final String kind;
  private final List<BlockRange> held;
  private final List<BlockRange> gaps;
  private final String state;
  private final boolean stateCovers;
  private final String output;
  private final RunSettings settings;
  private final RunTime time;
  private final Sample sample;

  /**
   * @param range what is left to be run
   * @param state in words, where the run's state comes from; null where each block brings its own
   * @param stateCovers whether it is the one that the first block needs
   * @param output in words, what happens to the tables; null without any
   * @param time how long blocks take
   */
  DryRun(
      BlockSource source,
      BlockRange range,
      String state,
      boolean stateCovers,
      String output,
      RunSettings settings,
      RunTime time) {
    this.kind = source.kind();
    this.held = new ArrayList<>();
    this.gaps = new ArrayList<>();
    long next = range.first();
    for (BlockRange part : source.ranges()) {
      long first = Math.max(part.first(), range.first());
      long last = Math.min(part.last(), range.last());
      if (first <= last) {
        if (first > next) {
          gaps.add(new BlockRange(next, first - 1));
        }
        held.add(new BlockRange(first, last));
        next = last + 1;
      }
    }
    if (next <= range.last()) {
      gaps.add(new BlockRange(next, range.last()));
    }
    this.state = state;
    this.stateCovers = stateCovers;
    this.output = output;
    this.settings = settings;
    this.time = time;
    this.sample = Sample.of(source, held, blocks());
  }

  /** Averages over blocks that were looked at. */
  private record Sample(int blocks, int withState, double gas, double transactions, double bytes) {
    static Sample of(BlockSource source, List<BlockRange> held, long all) {
      int wanted = (int) Math.min(SAMPLED, all);
      int withState = 0;
      double[] sums = new double[3];
      for (int i = 0; i < wanted; i++) {
        ArchivedBlock block = read(source, nth(held, i * all / wanted));
        withState += block.companions() != null && block.companions().prestate() != null ? 1 : 0;
        sums[0] += block.block().header().gasUsed();
        sums[1] += block.block().transactions().size();
        sums[2] += block.encoded().length;
      }
      double count = Math.max(1, wanted);
      return new Sample(wanted, withState, sums[0] / count, sums[1] / count, sums[2] / count);
    }

    private static long nth(List<BlockRange> held, long place) {
      for (BlockRange part : held) {
        if (place < part.count()) {
          return part.first() + place;
        }
        place -= part.count();
      }
      throw new IllegalStateException("there are fewer blocks than were counted");
    }

    private static ArchivedBlock read(BlockSource source, long number) {
      // The first split of a file also checks all of it, which looking at one block need not.
      List<BlockSplit> splits = source.splits(new BlockRange(Math.max(0, number - 1), number), 1);
      return splits.get(splits.size() - 1).read().next();
    }
  }

  private long blocks() {
    return held.stream().mapToLong(BlockRange::count).sum();
  }

  private long windows() {
    double byGas = blocks() * sample.gas() / settings.windowGas();
    double byBlocks = (double) blocks() / settings.maxWindowBlocks();
    return state == null ? blocks() : (long) Math.ceil(Math.max(byGas, byBlocks));
  }

  private double seconds() {
    return time.seconds(blocks(), Math.round(blocks() * sample.gas()), settings.cores());
  }

  private String stateText() {
    return state == null
        ? sample.withState() + " of " + sample.blocks() + " blocks looked at bring their state"
        : state;
  }

  /** Whether the state that the run would start on is the one that its first block needs. */
  boolean stateCovers() {
    return state == null ? sample.withState() == sample.blocks() : stateCovers;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** For people. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(format("archive: %s, %,d blocks to run%s", kind, blocks(), ranges(held, ": ")));
    lines.add("gaps: " + (gaps.isEmpty() ? "none" : ranges(gaps, "")));
    lines.add("state: " + stateText() + (stateCovers() ? "" : " (NOT COVERED)"));
    lines.add("tables: " + (output == null ? "none" : output));
    lines.add(
        format(
            "size, estimated from %d blocks: %,.0f transactions, %,.0f gas, %,.1f MB of blocks,"
                + " %,d windows",
            sample.blocks(),
            blocks() * sample.transactions(),
            blocks() * sample.gas(),
            blocks() * sample.bytes() / 1e6,
            windows()));
    lines.add(
        format(
            "time, roughly: %s on %d cores, %s",
            Progress.duration(seconds()), settings.cores(), time.basis()));
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static String ranges(List<BlockRange> ranges, String prefix) {
    if (ranges.isEmpty()) {
      return "";
    }
    int shown = Math.min(10, ranges.size());
    String text =
        String.join(", ", ranges.subList(0, shown).stream().map(BlockRange::toString).toList());
    return prefix
        + text
        + (shown < ranges.size() ? ", and " + (ranges.size() - shown) + " more" : "");
  }

  /** For programs: maps, lists and numbers. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("archive_kind", kind);
    json.put("blocks", blocks());
    json.put("held", held);
    json.put("gaps", gaps);
    json.put("state", stateText());
    json.put("state_covers", stateCovers());
    json.put("tables", output);
    json.put("sampled_blocks", sample.blocks());
    json.put("estimated_transactions", Math.round(blocks() * sample.transactions()));
    json.put("estimated_gas", Math.round(blocks() * sample.gas()));
    json.put("estimated_bytes", Math.round(blocks() * sample.bytes()));
    json.put("estimated_windows", windows());
    json.put("estimated_seconds", seconds());
    json.put("estimated_seconds_basis", time.basis());
    json.put("cores", settings.cores());
    return json;
  }
}
