package io.rekindle.job.archive;

import java.io.Serializable;
import java.util.Iterator;

/** A part of an archive that one task reads. */
public interface BlockSplit extends Serializable {
  /** The number of its first block. */
  long first();

  /**
   * Its blocks in order. Files are closed at the end; an iterator that is {@link java.io.Closeable}
   * closes them earlier.
   *
   * @throws ArchiveException where the archive is damaged, also from the iterator
   */
  Iterator<ArchivedBlock> read();
}
