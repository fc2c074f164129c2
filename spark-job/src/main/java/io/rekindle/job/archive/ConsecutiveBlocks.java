package io.rekindle.job.archive;

import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Consecutive blocks out of a file, which is closed behind the last of them. */
abstract class ConsecutiveBlocks implements Iterator<ArchivedBlock>, Closeable {
  private final long to;
  private long next;

  ConsecutiveBlocks(long from, long to) {
    this.next = from;
    this.to = to;
  }

  @Override
  public final boolean hasNext() {
    return next <= to;
  }

  @Override
  public final ArchivedBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ArchivedBlock block = read(next);
    pass();
    if (!hasNext()) {
      close();
    }
    return block;
  }

  /** Reads the block with this number, which is the next one. */
  abstract ArchivedBlock read(long number);

  /** Goes on to the block after the next one; the number of that which is passed by. */
  final long pass() {
    return next++;
  }

  @Override
  public abstract void close();
}
