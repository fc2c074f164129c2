package io.rekindle.job.archive;

import io.rekindle.job.archive.JsonBlockReader.Outline;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Blocks one behind the other in a file that says nowhere where they are. */
abstract class BlockRecords implements Closeable {
  final ArchiveFile file;
  final InputStream in;

  /** Where the next byte comes from, in bytes of the unpacked file. */
  long position;

  /**
   * @param offset where to start, in bytes of the unpacked file; the start of a block
   */
  BlockRecords(ArchiveFile file, long offset) {
    this.file = file;
    this.in = file.openUnpacked();
    try {
      in.skipNBytes(offset);
    } catch (IOException e) {
      throw file.failure("byte " + offset, e);
    }
    this.position = offset;
  }

  /**
   * What the next block says of itself, the rest of which is passed by; null at the end of the
   * file.
   *
   * @throws ArchiveException where there is something else than a block
   */
  abstract Outline outline();

  /**
   * The next block, or null at the end of the file.
   *
   * @param place for messages
   * @throws ArchiveException where there is something else than a block
   */
  abstract ArchivedBlock block(String place);

  /** Where the block that came last starts. */
  abstract long start();

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw file.failure("byte " + position, e);
    }
  }
}
