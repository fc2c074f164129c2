package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.util.List;

/**
 * What a file of an archive says of itself, before its blocks are read.
 *
 * @param path of the file; for a dump, of its {@code block.json}
 * @param bytes on disk
 * @param blocks that it holds
 * @param parts what it has for each block, such as {@code receipts}
 * @param accumulator the root that the file states, or null
 * @param checksums path of the {@code checksums.txt} beside it, or null
 */
public record FileFacts(
    String path,
    long bytes,
    BlockRange blocks,
    List<String> parts,
    Hash accumulator,
    String checksums) {

  /** An accumulator is over total difficulties: a file without them cannot be held against it. */
  public boolean accumulatorCheckable() {
    return accumulator != null && parts.contains(EraRecord.TOTAL_DIFFICULTY.part());
  }

  /** What a reader should know that this file cannot be held against; null where nothing. */
  public String note() {
    return accumulator == null || accumulatorCheckable()
        ? null
        : path
            + ": its accumulator "
            + accumulator
            + " is not checked: the file has no total difficulties, over which it is";
  }
}
