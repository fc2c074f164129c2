package io.rekindle.job.archive;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.io.Closeable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Blocks as RLP, one behind the other, as {@code geth export} writes them, gzipped or not. The file
 * has no index, so that opening it reads all headers; each must be the next one's parent. A gzipped
 * file is unpacked from its start by every task that reads of it.
 */
final class RlpFile implements ChainFile {
  /** Of so many blocks, one has its offset kept. */
  private static final int STRIDE = 16;

  private final ArchiveFile file;
  private final long first;
  private final long last;
  private final Hash lastHash;

  /** Of block first, first + STRIDE and so on. */
  private final long[] offsets;

  private RlpFile(ArchiveFile file, long first, long last, Hash lastHash, long[] offsets) {
    this.file = file;
    this.first = first;
    this.last = last;
    this.lastHash = lastHash;
    this.offsets = offsets;
  }

  /**
   * @throws ArchiveException where the file holds other things than blocks that follow each other
   */
  static RlpFile scan(ArchiveFile file) {
    long[] offsets = new long[16];
    long first = 0;
    long count = 0;
    Hash lastHash = null;
    try (RlpInput in = new RlpInput(file, 0)) {
      while (in.hasNext()) {
        long offset = in.position();
        Header header = header(in, offset);
        if (count == 0) {
          first = header.number();
        }
        checkLink(file, header, first + count, lastHash);
        if (count % STRIDE == 0) {
          int index = (int) (count / STRIDE);
          if (index == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * index);
          }
          offsets[index] = offset;
        }
        lastHash = header.hash();
        count++;
      }
    }
    if (count == 0) {
      throw file.failure("", "there is no block in it");
    }
    return new RlpFile(file, first, first + count - 1, lastHash, offsets);
  }

  private static Header header(RlpInput in, long offset) {
    try {
      return Header.decode(in.firstOfList());
    } catch (RlpException e) {
      throw in.failure(offset, e);
    }
  }

  private static void checkLink(ArchiveFile file, Header header, long expected, Hash parent) {
    String place = "block " + header.number();
    if (header.number() != expected) {
      throw file.failure(place, "it follows block " + (expected - 1) + ": a gap in block numbers");
    }
    if (parent != null && !header.parentHash().equals(parent)) {
      throw file.failure(
          place,
          "parentHash: "
              + header.parentHash()
              + " is not the hash of block "
              + (expected - 1)
              + ", "
              + parent);
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
    return last;
  }

  @Override
  public FileFacts facts() {
    return new FileFacts(
        file.path(),
        file.length(),
        new BlockRange(first, last),
        List.of(EraRecord.HEADER.part(), EraRecord.BODY.part()),
        null,
        null);
  }

  @Override
  public Part part(long from, long to) {
    int index = (int) ((from - first) / STRIDE);
    return new RlpPart(file, offsets[index], (from - first) % STRIDE, from, to);
  }

  @Override
  public HashSource hashOf(long number) {
    Hash hash = lastHash;
    return number == last ? new KnownHash(hash.toBytes()) : null;
  }

  @Override
  public FileCheck check() {
    return null;
  }

  /** A hash that the driver knows. */
  record KnownHash(byte[] bytes) implements HashSource {
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
  private record RlpPart(ArchiveFile file, long offset, long skipped, long from, long to)
      implements Part {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ArchivedBlock> read() {
      RlpInput in = new RlpInput(file, offset);
      for (long i = 0; i < skipped; i++) {
        in.firstOfList();
      }
      return new Blocks(file, in, from, to);
    }
  }

  private static final class Blocks implements Iterator<ArchivedBlock>, Closeable {
    private final ArchiveFile file;
    private final RlpInput in;
    private final long to;
    private long next;

    Blocks(ArchiveFile file, RlpInput in, long from, long to) {
      this.file = file;
      this.in = in;
      this.next = from;
      this.to = to;
    }

    @Override
    public void close() {
      in.close();
    }

    @Override
    public boolean hasNext() {
      return next <= to;
    }

    @Override
    public ArchivedBlock next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String place = file.path() + ": block " + next;
      byte[] encoded = in.list();
      ArchivedBlock block = decode(encoded, place);
      next++;
      if (next > to) {
        in.close();
      }
      return block;
    }

    private static ArchivedBlock decode(byte[] encoded, String place) {
      try {
        Block block = Block.decode(encoded);
        return ArchivedBlock.of(block, encoded, block.header().hash(), place);
      } catch (RlpException e) {
        throw new ArchiveException(place, "", e.getMessage(), e);
      }
    }
  }
}
