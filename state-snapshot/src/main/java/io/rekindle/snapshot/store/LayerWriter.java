package io.rekindle.snapshot.store;

import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.store.StoreManifest.FileEntry;
import io.rekindle.snapshot.store.StoreManifest.LayerEntry;
import io.rekindle.snapshot.store.StoreManifest.PartitionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes one layer in a single pass: accounts in the order of their keys, each with its slots in
 * the order of theirs. Memory does not grow with the layer, but for the hashes of code.
 */
final class LayerWriter implements AutoCloseable {
  private final FileSystem fs;
  private final Path folder;
  private final int partitions;
  private final List<PartitionEntry> done = new ArrayList<>();
  private final CodeFileWriter codes;
  private Hash last;
  private RecordFileWriter accounts;
  private RecordFileWriter slots;

  /**
   * @param partitions 1, 16 or 256: how many files the keys' first nibbles are spread over
   */
  LayerWriter(FileSystem fs, Path folder, int partitions) throws IOException {
    if (partitions != 1 && partitions != 16 && partitions != 256) {
      throw new IllegalArgumentException("1, 16 or 256 partitions, not " + partitions);
    }
    this.fs = fs;
    this.folder = folder;
    this.partitions = partitions;
    fs.mkdirs(folder);
    this.codes = new CodeFileWriter(fs.create(new Path(folder, "codes"), false));
    startPartition();
  }

  static int partitionOf(Hash key, int partitions) {
    return switch (partitions) {
      case 1 -> 0;
      case 16 -> (int) (key.limb3() >>> 60);
      default -> (int) (key.limb3() >>> 56);
    };
  }

  private void startPartition() throws IOException {
    accounts = new RecordFileWriter(create("accounts"), AccountRecord.SIZE);
    slots = new RecordFileWriter(create("slots"), SlotRecord.SIZE);
  }

  private FSDataOutputStream create(String kind) throws IOException {
    return fs.create(new Path(folder, name(kind)), false);
  }

  private String name(String kind) {
    return kind + "-" + done.size();
  }

  private void endPartition() throws IOException {
    FileEntry accountFile = end(accounts, "accounts");
    FileEntry slotFile = end(slots, "slots");
    done.add(new PartitionEntry(accountFile, slotFile));
  }

  private FileEntry end(RecordFileWriter writer, String kind) throws IOException {
    int checksum = writer.finish();
    writer.close();
    return new FileEntry(name(kind), writer.records(), checksum);
  }

  /**
   * Adds an account with its slots.
   *
   * @param record the place and number of its slots are filled in here
   * @param nonZeroSlots of the whole storage, or -1 where those that come now are all
   * @param slotRecords in the order of their keys
   */
  void add(AccountRecord record, long nonZeroSlots, Iterator<SlotRecord> slotRecords)
      throws IOException {
    Hash key = record.key();
    if (last != null && last.compareTo(key) >= 0) {
      throw new IllegalArgumentException("account " + key + " comes twice or out of order");
    }
    last = key;
    while (done.size() < partitionOf(key, partitions)) {
      endPartition();
      startPartition();
    }
    long firstSlot = slots.records();
    Hash lastSlot = null;
    while (slotRecords.hasNext()) {
      SlotRecord slot = slotRecords.next();
      if (lastSlot != null && lastSlot.compareTo(slot.key()) >= 0) {
        throw new IllegalArgumentException("slot " + slot.key() + " comes twice or out of order");
      }
      lastSlot = slot.key();
      slot.write(slots.next());
    }
    long slotCount = slots.records() - firstSlot;
    new AccountRecord(
            key,
            record.flags(),
            record.address(),
            record.account(),
            firstSlot,
            slotCount,
            nonZeroSlots < 0 ? slotCount : nonZeroSlots)
        .write(accounts.next());
  }

  /** Adds code, in any order; the same code may come again. */
  void code(Code code) throws IOException {
    codes.add(code);
  }

  /** Ends the layer. It is not visible before a manifest lists it. */
  LayerEntry finish(long blockNumber, Hash stateRoot) throws IOException {
    endPartition();
    while (done.size() < partitions) {
      startPartition();
      endPartition();
    }
    return new LayerEntry(
        folder.getName(), blockNumber, stateRoot.toString(), List.copyOf(done), codes.finish());
  }

  @Override
  public void close() throws IOException {
    accounts.close();
    slots.close();
    codes.close();
  }

  /**
   * Codes one after the other, then their directory, sorted by hash: hash (32), offset (8), length
   * (4); and the number of entries (8) at the very end. Code needs no checksum, it has its hash.
   */
  static final class CodeFileWriter implements AutoCloseable {
    static final int ENTRY_BYTES = 44;

    private record Place(long offset, int length) {}

    private final FSDataOutputStream out;
    private final CRC32C checksum = new CRC32C();
    private final TreeMap<Hash, Place> places = new TreeMap<>();
    private long written;

    CodeFileWriter(FSDataOutputStream out) {
      this.out = out;
    }

    void add(Code code) throws IOException {
      if (!code.isEmpty() && !places.containsKey(code.hash())) {
        places.put(code.hash(), new Place(written, code.size()));
        put(code.bytes());
        written += code.size();
      }
    }

    private void put(byte[] bytes) throws IOException {
      checksum.update(bytes);
      out.write(bytes);
    }

    FileEntry finish() throws IOException {
      for (Map.Entry<Hash, Place> place : places.entrySet()) {
        ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES);
        entry.put(place.getKey().toBytes());
        entry.putLong(place.getValue().offset).putInt(place.getValue().length);
        put(entry.array());
      }
      put(ByteBuffer.allocate(8).putLong(places.size()).array());
      out.close();
      return new FileEntry("codes", places.size(), (int) checksum.getValue());
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
