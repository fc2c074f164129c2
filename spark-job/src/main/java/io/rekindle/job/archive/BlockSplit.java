package io.rekindle.job.archive;

import java.io.Serializable;
import java.util.Iterator;

/** A part of an archive that one task reads. */
public interface BlockSplit extends Serializable {
  /** The number of its first block. */
  long first();

  /**
   * Its blocks in order.
   *
   * @throws ArchiveException where the archive is damaged, also from the iterator
   */
  Iterator<ArchivedBlock> read();
}
