package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.JsonBlockReader.Outline;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Blocks one behind the other, in order, gzipped or not: as RLP, as {@code geth export} writes
 * them, or as a node's RPC gives them, a line each. The file has no index, so that opening it reads
 * what all blocks say of themselves; each must be the next one's parent. A gzipped file is unpacked
 * from its start by every task that reads of it.
 */
final class RecordFile implements ChainFile {
  /** Of so many blocks, one has its offset kept. */
  private static final int STRIDE = 16;

  private final ArchiveFile file;
  private final ArchiveKind kind;
  private final long first;
  private final Outline last;

  /** Of block first, first + STRIDE and so on. */
  private final long[] offsets;

  private RecordFile(ArchiveFile file, ArchiveKind kind, long first, Outline last, long[] offsets) {
    this.file = file;
    this.kind = kind;
    this.first = first;
    this.last = last;
    this.offsets = offsets;
  }

  /**
   * @throws ArchiveException where the file holds other things than blocks that follow each other
   */
  static RecordFile scan(ArchiveFile file, ArchiveKind kind) {
    long[] offsets = new long[16];
    int count = 0;
    long first = 0;
    Outline before = null;
    try (BlockRecords records = kind.records(file, 0)) {
      for (Outline block = records.outline(); block != null; block = records.outline()) {
        if (before == null) {
          first = block.number();
        } else {
          checkLink(file, before, block);
        }
        if (count % STRIDE == 0) {
          int index = count / STRIDE;
          offsets = index == offsets.length ? Arrays.copyOf(offsets, 2 * index) : offsets;
          offsets[index] = records.start();
        }
        before = block;
        count++;
      }
    }
    if (before == null) {
      throw file.failure("", "there is no block in it");
    }
    return new RecordFile(file, kind, first, before, offsets);
  }

  private static void checkLink(ArchiveFile file, Outline before, Outline block) {
    String place = "block " + block.number();
    if (block.number() != before.number() + 1) {
      throw file.failure(place, "it follows block " + before.number() + ": a gap in block numbers");
    }
    if (!block.parentHash().equals(before.hash())) {
      throw file.failure(
          place,
          "parentHash: "
              + block.parentHash()
              + " is not the hash of block "
              + before.number()
              + ", "
              + before.hash());
    }
  }

  @Override
  public ArchiveFile file() {
    return file;
  }

  @Override
  public long first() {
    return first;
  }

  @Override
  public long last() {
    return last.number();
  }

  @Override
  public FileFacts facts() {
    return new FileFacts(
        file.path(),
        file.length(),
        new BlockRange(first, last()),
        List.of(EraRecord.HEADER.part(), EraRecord.BODY.part()),
        null,
        null);
  }

  @Override
  public Part part(long from, long to) {
    int index = (int) ((from - first) / STRIDE);
    return new RecordPart(file, kind, offsets[index], (from - first) % STRIDE, from, to);
  }

  @Override
  public HashSource hashOf(long number) {
    return number == last() ? new KnownHash(last.hash().toBytes()) : null;
  }

  @Override
  public FileCheck check() {
    return null;
  }

  /** A hash that the driver knows. */
  private record KnownHash(byte[] bytes) implements HashSource {
    private static final long serialVersionUID = 1L;

    @Override
    public Hash hash() {
      return Hash.ofBytes(bytes);
    }
  }

  /**
   * Blocks from {@code from} to {@code to}.
   *
   * @param offset where to start to read
   * @param skipped blocks from there on that are not wanted
   */
  private record RecordPart(
      ArchiveFile file, ArchiveKind kind, long offset, long skipped, long from, long to)
      implements Part {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ArchivedBlock> read() {
      BlockRecords records = kind.records(file, offset);
      for (long i = 0; i < skipped; i++) {
        records.outline();
      }
      return new Blocks(records, from, to);
    }
  }

  private static final class Blocks extends ConsecutiveBlocks {
    private final BlockRecords records;

    Blocks(BlockRecords records, long from, long to) {
      super(from, to);
      this.records = records;
    }

    @Override
    ArchivedBlock read(long number) {
      String place = records.file.path() + ": block " + number;
      ArchivedBlock block = records.block(place);
      if (block == null) {
        throw new ArchiveException(place, "", "truncated: the file ended since it was opened");
      }
      return block;
    }

    @Override
    public void close() {
      records.close();
    }
  }
}
