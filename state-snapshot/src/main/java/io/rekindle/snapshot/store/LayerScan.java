package io.rekindle.snapshot.store;

import io.rekindle.snapshot.store.RecordFileReader.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Walks the accounts of one layer in the order of their keys. */
final class LayerScan {
  private final StoreLayer layer;
  private int partition;
  private long next;
  private Block block;
  private AccountRecord current;

  LayerScan(StoreLayer layer) throws IOException {
    this.layer = layer;
    advance();
  }

  /** The account at hand, or null at the end. */
  AccountRecord current() {
    return current;
  }

  void advance() throws IOException {
    while (partition < layer.partitions() && next >= layer.accountFile(partition).records()) {
      partition++;
      next = 0;
      block = null;
    }
    if (partition == layer.partitions()) {
      current = null;
      return;
    }
    if (block == null || !block.holds(next)) {
      block = layer.accountFile(partition).block(next / RecordFile.RECORDS_PER_BLOCK);
    }
    current = AccountRecord.read(block.bytes(), (int) (next - block.first()) * AccountRecord.SIZE);
    next++;
  }

  /** The slots that the layer lists for the account at hand, in order. */
  SlotScan slots() throws IOException {
    return new SlotScan(layer.slotFile(partition), current);
  }

  /** Walks the slots of one account. */
  static final class SlotScan implements Iterator<SlotRecord> {
    private final RecordFileReader file;
    private final long end;
    private long next;
    private Block block;

    SlotScan(RecordFileReader file, AccountRecord account) {
      this.file = file;
      this.next = account.firstSlot();
      this.end = account.firstSlot() + account.slotCount();
    }

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public SlotRecord next() {
      if (next >= end) {
        throw new NoSuchElementException();
      }
      try {
        if (block == null || !block.holds(next)) {
          block = file.block(next / RecordFile.RECORDS_PER_BLOCK);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      SlotRecord slot =
          SlotRecord.read(block.bytes(), (int) (next - block.first()) * SlotRecord.SIZE);
      next++;
      return slot;
    }
  }
}
