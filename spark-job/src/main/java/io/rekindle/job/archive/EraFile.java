package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.util.Iterator;

/**
 * Blocks in an era1 or ere file. Opening it reads its end and, of an ere file, what the first block
 * consists of; the first task that reads of it holds the whole file against its accumulator and
 * against {@code checksums.txt}.
 */
record EraFile(EraLayout layout, ArchiveFile checksums) implements ChainFile {
  /**
   * @throws ArchiveException where the file is truncated or does not end in a block index
   */
  static EraFile open(ArchiveFile file) {
    return new EraFile(EraLayout.read(file), Checksums.beside(file));
  }

  @Override
  public ArchiveFile file() {
    return layout.file();
  }

  @Override
  public long first() {
    return layout.first();
  }

  @Override
  public long last() {
    return layout.first() + layout.count() - 1;
  }

  @Override
  public FileFacts facts() {
    try (E2StoreReader reader = new E2StoreReader(layout.file())) {
      return new FileFacts(
          layout.file().path(),
          reader.length(),
          new BlockRange(first(), last()),
          layout.parts(reader),
          layout.accumulator(reader),
          checksums == null ? null : checksums.path());
    }
  }

  @Override
  public Part part(long from, long to) {
    return new EraPart(layout, from, to);
  }

  @Override
  public HashSource hashOf(long number) {
    return number < first() || number > last() ? null : new EraHash(layout, number);
  }

  @Override
  public FileCheck check() {
    return new EraCheck(layout, checksums);
  }

  private record EraPart(EraLayout layout, long from, long to) implements Part {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ArchivedBlock> read() {
      return new EraBlocks(layout, from, to);
    }
  }

  private record EraHash(EraLayout layout, long number) implements HashSource {
    private static final long serialVersionUID = 1L;

    @Override
    public Hash hash() {
      try (EraBlocks blocks = new EraBlocks(layout, number, number)) {
        return blocks.nextSummary().hash();
      }
    }
  }
}
