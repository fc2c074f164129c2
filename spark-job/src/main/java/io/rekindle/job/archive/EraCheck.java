package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.E2StoreReader.Place;
import io.rekindle.job.archive.EraBlocks.Summary;
import java.util.Arrays;

/**
 * What makes an era1 or ere file worth trusting as a whole: its SHA-256 where {@code checksums.txt}
 * lies beside it, the sums of difficulty, and the accumulator, which must be in an era1 file. An
 * ere file has one where it has blocks from before the merge; it then covers those.
 *
 * @param checksums the file of checksums, or null
 */
record EraCheck(EraLayout layout, ArchiveFile checksums) implements ChainFile.FileCheck {
  private static final long serialVersionUID = 1L;
  private static final int ROOT_BYTES = 32;

  @Override
  public void run() {
    if (checksums != null) {
      Checksums.check(layout.file(), checksums);
    }
    Hash stated = statedRoot();
    if (!layout.has(EraRecord.TOTAL_DIFFICULTY)) {
      // An accumulator is over total difficulties: there is nothing to hold it against.
      return;
    }
    Accumulator accumulator = new Accumulator(EraLayout.MAX_BLOCKS);
    UInt256 total = layout.first() == 0 ? UInt256.ZERO : null;
    long last = layout.first() + layout.count() - 1;
    try (EraBlocks blocks = new EraBlocks(layout, layout.first(), last)) {
      for (long number = layout.first(); number <= last; number++) {
        Summary block = blocks.nextSummary();
        total = checkTotal(block, total);
        if (!block.header().difficulty().isZero()) {
          accumulator.add(block.hash(), total);
        }
      }
    }
    checkRoot(stated, accumulator.root());
  }

  private UInt256 checkTotal(Summary block, UInt256 before) {
    UInt256 stated = block.totalDifficulty();
    if (before != null && !stated.equals(before.add(block.header().difficulty()))) {
      throw layout
          .file()
          .failure(
              "block " + block.header().number(),
              "total difficulty: the file says "
                  + stated.toBigInteger()
                  + ", the sum is "
                  + before.add(block.header().difficulty()).toBigInteger());
    }
    return stated;
  }

  private void checkRoot(Hash stated, Hash actual) {
    if (stated != null && !stated.equals(actual)) {
      throw layout
          .file()
          .failure(
              "accumulator", "the file says " + stated + ", its headers have the root " + actual);
    }
  }

  /** The accumulator stands in front of the index. */
  private Hash statedRoot() {
    String place = "accumulator";
    long offset = layout.indexStart() - E2StoreReader.PREFIX - ROOT_BYTES;
    try (E2StoreReader reader = new E2StoreReader(layout.file())) {
      if (layout.kind() == ArchiveKind.ERA1) {
        Place record = reader.record(offset, EraRecord.ACCUMULATOR, place);
        if (record.length() != ROOT_BYTES) {
          throw reader.failure(place, offset, record.length() + " bytes instead of 32");
        }
        return Hash.ofBytes(reader.data(record, place));
      }
      if (offset < E2StoreReader.PREFIX) {
        return null;
      }
      byte[] bytes = reader.data(new Place(0, offset - E2StoreReader.PREFIX, 40), place);
      byte[] prefix = {(byte) EraRecord.ACCUMULATOR.type(), 0, ROOT_BYTES, 0, 0, 0, 0, 0};
      return Arrays.equals(prefix, Arrays.copyOf(bytes, prefix.length))
          ? Hash.ofBytes(bytes, prefix.length)
          : null;
    }
  }
}
