package io.rekindle.snapshot.store;

import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.store.RecordFileReader.Block;
import io.rekindle.snapshot.store.RecordFileReader.Found;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import io.rekindle.snapshot.store.StoreManifest.FileEntry;
import io.rekindle.snapshot.store.StoreManifest.LayerEntry;
import io.rekindle.snapshot.store.StoreManifest.PartitionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads one layer. Safe for threads. */
final class StoreLayer implements AutoCloseable {
  private record CodePlace(long offset, int length) {}

  private final FileSystem fs;
  private final Path folder;
  private final LayerEntry entry;
  private final RecordFileReader[] accounts;
  private final RecordFileReader[] slots;
  private final Map<Hash, CodePlace> codePlaces;
  private final FSDataInputStream codes;

  StoreLayer(FileSystem fs, Path store, LayerEntry entry) throws IOException {
    this.fs = fs;
    this.folder = new Path(store, entry.folder());
    this.entry = entry;
    int partitions = entry.partitions().size();
    accounts = new RecordFileReader[partitions];
    slots = new RecordFileReader[partitions];
    for (int i = 0; i < partitions; i++) {
      PartitionEntry files = entry.partitions().get(i);
      accounts[i] = open(files.accounts(), AccountRecord.SIZE);
      slots[i] = open(files.slots(), SlotRecord.SIZE);
    }
    Path codePath = new Path(folder, entry.codes().name());
    codePlaces = readCodePlaces(codePath);
    codes = fs.open(codePath);
  }

  private RecordFileReader open(FileEntry file, int recordSize) throws IOException {
    return new RecordFileReader(fs, new Path(folder, file.name()), recordSize, file.records());
  }

  private Map<Hash, CodePlace> readCodePlaces(Path path) throws IOException {
    long count = entry.codes().records();
    long length = fs.exists(path) ? fs.getFileStatus(path).getLen() : -1;
    long start = length - 8 - count * LayerWriter.CodeFileWriter.ENTRY_BYTES;
    if (start < 0) {
      throw new StateStoreException(Problem.TRUNCATED, path + " is missing or too short");
    }
    byte[] bytes = new byte[Math.toIntExact(length - start)];
    try (FSDataInputStream in = fs.open(path)) {
      in.readFully(start, bytes);
    }
    Map<Hash, CodePlace> places = new HashMap<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int i = 0; i < count; i++) {
      byte[] hash = new byte[32];
      in.get(hash);
      CodePlace place = new CodePlace(in.getLong(), in.getInt());
      if (place.offset < 0 || place.length <= 0 || place.offset + place.length > start) {
        throw new StateStoreException(Problem.CHECKSUM, path + " has an altered directory");
      }
      places.put(Hash.ofBytes(hash), place);
    }
    if (in.getLong() != count) {
      throw new StateStoreException(Problem.CHECKSUM, path + " has an altered directory");
    }
    return places;
  }

  LayerEntry entry() {
    return entry;
  }

  int partitions() {
    return accounts.length;
  }

  RecordFileReader accountFile(int partition) {
    return accounts[partition];
  }

  RecordFileReader slotFile(int partition) {
    return slots[partition];
  }

  /** A reader's place in the layer, so that keys that come in order read each block once. */
  static final class Cursor {
    private Block accountBlock;
    private Block slotBlock;
    private int partition = -1;
  }

  /** The account with this key, or null where the layer does not list it. */
  AccountRecord account(Hash key, Cursor cursor) throws IOException {
    int partition = LayerWriter.partitionOf(key, accounts.length);
    if (cursor.partition != partition) {
      cursor.partition = partition;
      cursor.accountBlock = null;
      cursor.slotBlock = null;
    }
    RecordFileReader file = accounts[partition];
    int shift = accounts.length == 1 ? 64 : accounts.length == 16 ? 60 : 56;
    long low = shift == 64 ? 0 : (long) partition << shift;
    long high = shift == 64 ? -1L : low | ((1L << shift) - 1);
    Found found = file.find(key, 0, file.records(), low, high, cursor.accountBlock);
    if (found == null) {
      return null;
    }
    cursor.accountBlock = found.block();
    return AccountRecord.read(found.block().bytes(), found.at());
  }

  /** A slot of an account that this layer lists, or null where it does not list the slot. */
  SlotRecord slot(AccountRecord account, Hash key, Cursor cursor) throws IOException {
    int partition = LayerWriter.partitionOf(account.key(), slots.length);
    if (cursor.partition != partition) {
      cursor.partition = partition;
      cursor.accountBlock = null;
      cursor.slotBlock = null;
    }
    long from = account.firstSlot();
    Found found =
        slots[partition].find(key, from, from + account.slotCount(), 0, -1L, cursor.slotBlock);
    if (found == null) {
      return null;
    }
    cursor.slotBlock = found.block();
    return SlotRecord.read(found.block().bytes(), found.at());
  }

  /** The code with this hash, checked, or null. */
  Code code(Hash hash) throws IOException {
    CodePlace place = codePlaces.get(hash);
    if (place == null) {
      return null;
    }
    byte[] bytes = new byte[place.length];
    codes.readFully(place.offset, bytes);
    Code code = Code.of(bytes);
    if (!code.hash().equals(hash)) {
      throw new StateStoreException(
          Problem.CHECKSUM, new Path(folder, "codes") + ": code " + hash + " was altered");
    }
    return code;
  }

  Iterable<Hash> codeHashes() {
    return codePlaces.keySet();
  }

  /** Holds every file of the layer against its checksum. */
  void verifyFiles() throws IOException {
    for (PartitionEntry files : entry.partitions()) {
      verifyFile(files.accounts());
      verifyFile(files.slots());
    }
    verifyFile(entry.codes());
  }

  private void verifyFile(FileEntry file) throws IOException {
    Path path = new Path(folder, file.name());
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (FSDataInputStream in = fs.open(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        checksum.update(buffer, 0, read);
      }
    }
    if ((int) checksum.getValue() != file.checksum()) {
      throw new StateStoreException(Problem.CHECKSUM, path + " was altered");
    }
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < accounts.length; i++) {
      accounts[i].close();
      slots[i].close();
    }
    codes.close();
  }
}
