package io.rekindle.job.archive;

import java.util.List;

/** Blocks of an archive, as far as the driver needs to know them. */
public interface BlockSource {
  /** The kind of archive, in one word. */
  String kind();

  /** What blocks there are: ascending ranges without overlap, with gaps between them. */
  List<BlockRange> ranges();

  /**
   * The blocks of a range, cut into parts that tasks can read on their own. What has to be checked
   * over a whole file, its accumulator root and its checksum, is checked by the first split that
   * reads of it.
   *
   * @param range may reach over gaps, which yield nothing
   * @param blocksPerSplit how many blocks a part has at most
   */
  List<BlockSplit> splits(BlockRange range, int blocksPerSplit);

  /** Its files, in the order of their blocks, as far as they tell without being read. */
  List<FileFacts> facts();

  /** Blocks from {@code first} to {@code last}, both included. */
  record BlockRange(long first, long last) {
    public long count() {
      return last - first + 1;
    }

    /** How many of its blocks are in another range. */
    public long countWithin(BlockRange other) {
      return Math.max(0, Math.min(last, other.last) - Math.max(first, other.first) + 1);
    }

    @Override
    public String toString() {
      return first == last ? "block " + first : "blocks " + first + " to " + last;
    }
  }
}
