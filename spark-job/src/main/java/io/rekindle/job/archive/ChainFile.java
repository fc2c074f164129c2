package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import java.io.Serializable;
import java.util.Iterator;

/**
 * A file, or a folder of one block, whose blocks follow each other. It lives on the driver; what a
 * task needs of it is a {@link Part}.
 */
interface ChainFile {
  /** For messages. */
  ArchiveFile file();

  long first();

  long last();

  /** What the file says of itself. */
  FileFacts facts();

  /** Blocks of this file from {@code from} to {@code to}, both included. */
  Part part(long from, long to);

  /**
   * Where a task finds the hash of a block, for the block that follows it.
   *
   * @param number of a block of this file, or of the one before its first
   * @return null where the link to the next block was checked when the file was opened, or the file
   *     does not know the block
   */
  HashSource hashOf(long number);

  /** What has to be read once over the whole file to trust it; null where there is nothing. */
  FileCheck check();

  /** Blocks of one file that a task reads. */
  interface Part extends Serializable {
    Iterator<ArchivedBlock> read();
  }

  /** A block's hash, read when it is asked for. */
  interface HashSource extends Serializable {
    Hash hash();
  }

  /** A check over a whole file. */
  interface FileCheck extends Serializable {
    /**
     * @throws ArchiveException where the file is not what it says
     */
    void run();
  }
}
