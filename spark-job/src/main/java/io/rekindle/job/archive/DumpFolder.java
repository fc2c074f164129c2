package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A folder with one block as a node's RPC gives it, {@code block.json}, and beside it, where the
 * dump has them, {@code prestate.json}, {@code block_hashes.json} and {@code ommers.json}; each may
 * be gzipped.
 *
 * @param number of the block
 * @param ommers headers of the block's ommers, or null
 */
record DumpFolder(long number, ArchiveFile file, ArchiveFile ommers, Companions companions)
    implements ChainFile, ChainFile.Part {
  private static final long serialVersionUID = 1L;

  @Override
  public long first() {
    return number;
  }

  @Override
  public long last() {
    return number;
  }

  @Override
  public FileFacts facts() {
    List<String> parts = new ArrayList<>(List.of(EraRecord.HEADER.part(), EraRecord.BODY.part()));
    if (companions.prestate() != null) {
      parts.add("prestate");
    }
    if (companions.blockHashes() != null) {
      parts.add("block hashes");
    }
    if (ommers != null) {
      parts.add("ommers");
    }
    return new FileFacts(
        file.path(), bytes(), new BlockRange(number, number), List.copyOf(parts), null, null);
  }

  private long bytes() {
    long bytes = 0;
    for (ArchiveFile each :
        Arrays.asList(file, ommers, companions.prestate(), companions.blockHashes())) {
      bytes += each == null ? 0 : each.length();
    }
    return bytes;
  }

  @Override
  public Part part(long from, long to) {
    return this;
  }

  @Override
  public HashSource hashOf(long asked) {
    return new ClaimedHash(file);
  }

  @Override
  public FileCheck check() {
    return null;
  }

  @Override
  public Iterator<ArchivedBlock> read() {
    ArchivedBlock block =
        JsonBlockReader.read(
            file,
            JsonBlockReader.tree(file),
            ommers,
            companions,
            file.path() + ": block " + number);
    if (block.number() != number) {
      throw file.failure("number", "block " + block.number() + " in the folder of block " + number);
    }
    return List.of(block).iterator();
  }

  /** The hash that a block's JSON claims; reading the block itself holds it against the header. */
  record ClaimedHash(ArchiveFile file) implements HashSource {
    private static final long serialVersionUID = 1L;

    @Override
    public Hash hash() {
      return JsonBlockReader.outline(file).hash();
    }
  }
}
