package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ChainFile.FileCheck;
import io.rekindle.job.archive.ChainFile.HashSource;
import io.rekindle.job.archive.ChainFile.Part;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Blocks that one task reads, out of one file or of several that follow each other. Each block must
 * name the block before it as its parent, where that is in the archive.
 *
 * @param parent where the hash of the block before the first is found, or null
 * @param checks of files of which this is the first split
 */
record ChainSplit(long first, List<Part> parts, HashSource parent, List<FileCheck> checks)
    implements BlockSplit {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ArchivedBlock> read() {
    checks.forEach(FileCheck::run);
    return new Linked(parts.iterator(), parent);
  }

  private static final class Linked implements Iterator<ArchivedBlock>, Closeable {
    private final Iterator<Part> parts;
    private final HashSource parent;
    private Iterator<ArchivedBlock> blocks;
    private ArchivedBlock before;

    Linked(Iterator<Part> parts, HashSource parent) {
      this.parts = parts;
      this.parent = parent;
    }

    @Override
    public boolean hasNext() {
      while ((blocks == null || !blocks.hasNext()) && parts.hasNext()) {
        blocks = parts.next().read();
      }
      return blocks != null && blocks.hasNext();
    }

    @Override
    public ArchivedBlock next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      ArchivedBlock block = blocks.next();
      Hash expected = expectedParent(block);
      Hash actual = block.block().header().parentHash();
      if (expected != null && !expected.equals(actual)) {
        throw new ArchiveException(
            block.place(),
            "parentHash",
            actual + " is not the hash of block " + (block.number() - 1) + ", " + expected);
      }
      before = block;
      return block;
    }

    @Override
    public void close() throws IOException {
      if (blocks instanceof Closeable open) {
        open.close();
      }
    }

    private Hash expectedParent(ArchivedBlock block) {
      if (before == null) {
        return parent == null ? null : parent.hash();
      }
      return before.number() + 1 == block.number() ? before.hash() : null;
    }
  }
}
