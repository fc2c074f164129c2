package io.rekindle.job;

import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;

/**
 * Reads the sidecars of a run's blocks ahead of the windows that need them, many blocks at a time,
 * since asking the table costs as much for one block as for many.
 */
final class SidecarFeed implements AutoCloseable {
  private static final int BLOCKS_AT_A_TIME = 128;

  private final SidecarTable table;
  private final long last;
  private final Workers reader = new Workers("rekindle-sidecars");
  private final TreeMap<Long, byte[]> ready = new TreeMap<>();
  private long nextBlock;
  private Future<Map<Long, byte[]>> next;

  /**
   * @param range whose blocks windows will be of, in order
   */
  SidecarFeed(SidecarTable table, BlockRange range) {
    this.table = table;
    this.last = range.last();
    this.nextBlock = range.first();
    startReading();
  }

  private void startReading() {
    if (nextBlock > last) {
      next = null;
      return;
    }
    BlockRange blocks = new BlockRange(nextBlock, Math.min(last, nextBlock + BLOCKS_AT_A_TIME - 1));
    nextBlock = blocks.last() + 1;
    next = reader.submit(() -> table.read(blocks));
  }

  /**
   * The sidecars of the next window.
   *
   * @param blocks after those asked for before
   * @throws ArchiveException where one is missing, there twice, or damaged
   */
  ClaimedSidecars of(BlockRange blocks) {
    while (next != null && (ready.isEmpty() || ready.lastKey() < blocks.last())) {
      ready.putAll(Workers.resultOf(next));
      startReading();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long block = blocks.first(); block <= blocks.last(); block++) {
      byte[] row = ready.get(block);
      if (row == null) {
        throw new ArchiveException(table.place(block), "", "there is none for this block");
      }
      bytes.write(row, Long.BYTES, row.length - Long.BYTES);
    }
    ready.headMap(blocks.last(), true).clear();
    return WindowSidecarBytes.checked(bytes.toByteArray(), blocks.first(), table::place);
  }

  @Override
  public void close() {
    reader.close();
  }
}
