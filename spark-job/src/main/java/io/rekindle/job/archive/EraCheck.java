package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.EraBlocks.Summary;

/**
 * What makes an era1 or ere file worth trusting as a whole: its SHA-256 where {@code checksums.txt}
 * lies beside it, the sums of difficulty, and the accumulator, which must be in an era1 file. An
 * ere file has one where it has blocks from before the merge; it then covers those.
 *
 * @param checksums the file of checksums, or null
 */
record EraCheck(EraLayout layout, ArchiveFile checksums) implements ChainFile.FileCheck {
  private static final long serialVersionUID = 1L;

  @Override
  public void run() {
    if (checksums != null) {
      Checksums.check(layout.file(), checksums);
    }
    Hash stated;
    try (E2StoreReader reader = new E2StoreReader(layout.file())) {
      stated = layout.accumulator(reader);
    }
    if (!layout.has(EraRecord.TOTAL_DIFFICULTY)) {
      // There is nothing to hold an accumulator against; FileFacts.note says so to the user.
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
}
