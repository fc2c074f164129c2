package io.rekindle.job.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.JsonBlockReader.Outline;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Blocks as a node's RPC gives them, a line each, in order, gzipped or not. The file has no index,
 * so that opening it reads the outlines of all blocks; each must be the next one's parent.
 */
final class JsonLinesFile implements ChainFile {
  /** Of so many blocks, one has its offset kept. */
  private static final int STRIDE = 16;

  private final ArchiveFile file;
  private final long first;
  private final long last;
  private final Hash lastHash;

  /** Of block first, first + STRIDE and so on. */
  private final long[] offsets;

  private JsonLinesFile(ArchiveFile file, long first, long last, Hash lastHash, long[] offsets) {
    this.file = file;
    this.first = first;
    this.last = last;
    this.lastHash = lastHash;
    this.offsets = offsets;
  }

  /**
   * @throws ArchiveException where a line is no block, or blocks do not follow each other
   */
  static JsonLinesFile scan(ArchiveFile file) {
    long[] offsets = new long[16];
    int count = 0;
    long first = 0;
    Outline before = null;
    try (JsonLines lines = new JsonLines(file, 0)) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Outline outline = outline(file, line, lines.start());
        if (before == null) {
          first = outline.number();
        } else {
          checkLink(file, before, outline);
        }
        if (count % STRIDE == 0) {
          int index = count / STRIDE;
          offsets = index == offsets.length ? Arrays.copyOf(offsets, 2 * index) : offsets;
          offsets[index] = lines.start();
        }
        before = outline;
        count++;
      }
    }
    if (before == null) {
      throw file.failure("", "there is no block in it");
    }
    return new JsonLinesFile(file, first, before.number(), before.hash(), offsets);
  }

  /** Whether the first line is a block's. */
  static boolean isOne(ArchiveFile file) {
    try (JsonLines lines = new JsonLines(file, 0)) {
      byte[] line = lines.next();
      return line != null && outline(line) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static Outline outline(byte[] line) throws IOException {
    try (JsonParser parser = Json.MAPPER.getFactory().createParser(line)) {
      parser.nextToken();
      return JsonBlockReader.outline(parser);
    }
  }

  private static Outline outline(ArchiveFile file, byte[] line, long start) {
    try {
      Outline outline = outline(line);
      if (outline == null) {
        throw file.failure("byte " + start, "no block: number, hash or parentHash is missing");
      }
      return outline;
    } catch (JsonProcessingException e) {
      throw file.failure("byte " + start, "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw file.failure("byte " + start, e);
    }
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
  public long first() {
    return first;
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public Part part(long from, long to) {
    int index = (int) ((from - first) / STRIDE);
    return new LinesPart(file, offsets[index], (from - first) % STRIDE, from, to);
  }

  @Override
  public HashSource hashOf(long number) {
    return number == last ? new RlpFile.KnownHash(lastHash.toBytes()) : null;
  }

  @Override
  public FileCheck check() {
    return null;
  }

  /**
   * Blocks from {@code from} to {@code to}.
   *
   * @param offset where to start to read
   * @param skipped lines from there on that are not wanted
   */
  private record LinesPart(ArchiveFile file, long offset, long skipped, long from, long to)
      implements Part {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ArchivedBlock> read() {
      JsonLines lines = new JsonLines(file, offset);
      for (long i = 0; i < skipped; i++) {
        lines.next();
      }
      return new Blocks(file, lines, from, to);
    }
  }

  private static final class Blocks implements Iterator<ArchivedBlock>, Closeable {
    private final ArchiveFile file;
    private final JsonLines lines;
    private final long to;
    private long next;

    Blocks(ArchiveFile file, JsonLines lines, long from, long to) {
      this.file = file;
      this.lines = lines;
      this.next = from;
      this.to = to;
    }

    @Override
    public void close() {
      lines.close();
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
      byte[] line = lines.next();
      if (line == null) {
        throw new ArchiveException(place, "", "truncated: the file ended since it was opened");
      }
      try {
        ArchivedBlock block =
            JsonBlockReader.read(file, Json.MAPPER.readTree(line), null, null, place);
        next++;
        if (next > to) {
          lines.close();
        }
        return block;
      } catch (JsonProcessingException e) {
        throw new ArchiveException(place, "", "no JSON: " + e.getOriginalMessage(), e);
      } catch (IOException e) {
        throw file.failure("block " + next, e);
      }
    }
  }
}
