package io.rekindle.job.inspect;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.job.archive.FileFacts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * What an archive holds. All of it is read, by all cores of this machine: so what reading checks
 * holds too: frames, numbers, the links of blocks, checksums and accumulators.
 */
public final class Inspection {
  private static final int BLOCKS_PER_SPLIT = 256;

  private final BlockSource source;
  private final List<FileFacts> files;
  private final Tally tally;

  private Inspection(BlockSource source, List<FileFacts> files, Tally tally) {
    this.source = source;
    this.files = files;
    this.tally = tally;
  }

  /**
   * @param verify holds each block's lists, receipts included, against its header
   * @throws io.rekindle.job.archive.ArchiveException where the archive is damaged
   */
  public static Inspection of(BlockSource source, boolean verify) {
    List<BlockSplit> splits = new ArrayList<>();
    for (BlockRange range : source.ranges()) {
      splits.addAll(source.splits(range, BLOCKS_PER_SPLIT));
    }
    Tally total = new Tally();
    // Collected in order, then merged, so that of several failures the first comes first.
    splits.parallelStream()
        .map(split -> tally(split.read(), verify))
        .toList()
        .forEach(total::addLater);
    return new Inspection(source, source.facts(), total);
  }

  private static Tally tally(Iterator<ArchivedBlock> blocks, boolean verify) {
    Tally tally = new Tally();
    while (blocks.hasNext()) {
      tally.add(blocks.next(), verify);
    }
    return tally;
  }

  public String kind() {
    return source.kind();
  }

  public List<FileFacts> files() {
    return files;
  }

  public List<BlockRange> ranges() {
    return source.ranges();
  }

  /** Blocks that are missing between the first and the last. */
  public List<BlockRange> gaps() {
    List<BlockRange> ranges = source.ranges();
    List<BlockRange> gaps = new ArrayList<>();
    for (int i = 1; i < ranges.size(); i++) {
      gaps.add(new BlockRange(ranges.get(i - 1).last() + 1, ranges.get(i).first() - 1));
    }
    return gaps;
  }

  public ChainGuess chain() {
    return ChainGuess.of(tally.genesis, tally.chainIds);
  }

  /** What could not be checked, a line each. */
  public List<String> notes() {
    List<String> notes =
        new ArrayList<>(files.stream().map(FileFacts::note).filter(Objects::nonNull).toList());
    if (tally.missingOmmers > 0) {
      notes.add(
          tally.missingOmmers
              + " ommers are named by their hashes only: ommers.json would hold their headers");
    }
    return notes;
  }

  Tally tally() {
    return tally;
  }

  /** Checks of headers against lists that failed; empty also where none were asked for. */
  public List<BlockCheck> failures() {
    return tally.failures;
  }
}
