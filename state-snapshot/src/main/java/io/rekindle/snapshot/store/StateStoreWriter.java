package io.rekindle.snapshot.store;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import io.rekindle.snapshot.store.StoreManifest.LayerEntry;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Makes stores. As a {@link StateSink} it takes in a whole state, which it sorts in memory, and
 * {@link #commit} writes it as a base. A delta and a compaction are methods of their own; they
 * stream.
 *
 * <p>Whoever commits a version first has it: the other writer gets {@link
 * Problem#CONCURRENT_WRITE}, and leaves nothing that a reader would see.
 */
public final class StateStoreWriter implements StateSink {
  private static final Address UNKNOWN_ADDRESS = Address.ZERO;

  private record Pending(AccountRecord record, SortedMap<Hash, SlotRecord> slots) {
    long nonZeroSlots() {
      return slots.values().stream().filter(slot -> !slot.value().isZero()).count();
    }
  }

  private final StoreFolder folder;
  private final int partitions;
  private final Unlisted unlisted;
  private final SortedMap<Hash, Pending> accounts = new TreeMap<>();
  private final Map<Hash, Code> codes = new TreeMap<>();
  private Pending last;

  /**
   * For a new store of a complete state.
   *
   * @param partitions 1, 16 or 256 files for accounts and for slots
   * @throws StateStoreException where the folder holds a store
   */
  public StateStoreWriter(FileSystem fs, Path path, int partitions) throws IOException {
    this(fs, path, partitions, Unlisted.ABSENT);
  }

  /**
   * For a new store.
   *
   * @param unlisted what the state says of what is not in it. Where that is not absent the state is
   *     partial: slots of value zero are kept, code may be missing, the root is that of what is
   *     listed, and there are no deltas
   */
  public StateStoreWriter(FileSystem fs, Path path, int partitions, Unlisted unlisted)
      throws IOException {
    this.folder = new StoreFolder(fs, path);
    this.partitions = partitions;
    this.unlisted = unlisted;
    if (folder.newest() != null) {
      throw new StateStoreException(Problem.EXISTS, "there is a state store in " + path);
    }
  }

  // ---------------------------------------------------------------- taking in

  @Override
  public void account(Address address, Account account) {
    add(
        Keccak256.hash(address.toBytes()),
        AccountRecord.EXISTS | AccountRecord.HAS_ADDRESS,
        address,
        account);
  }

  @Override
  public void hashedAccount(Hash addressHash, Account account) {
    add(addressHash, AccountRecord.EXISTS, UNKNOWN_ADDRESS, account);
  }

  private void add(Hash key, int flags, Address address, Account account) {
    last = new Pending(new AccountRecord(key, flags, address, account, 0, 0, 0), new TreeMap<>());
    if (accounts.put(key, last) != null) {
      throw new IllegalArgumentException("account " + key + " came twice");
    }
  }

  @Override
  public void slot(UInt256 slot, UInt256 value) {
    put(new SlotRecord(Keccak256.hash(slot.toBytes()), SlotRecord.HAS_SLOT, slot, value));
  }

  @Override
  public void hashedSlot(Hash slotHash, UInt256 value) {
    put(new SlotRecord(slotHash, 0, UInt256.ZERO, value));
  }

  private void put(SlotRecord slot) {
    boolean kept = unlisted != Unlisted.ABSENT || !slot.value().isZero();
    if (kept && last.slots.put(slot.key(), slot) != null) {
      throw new IllegalArgumentException("slot " + slot.key() + " came twice");
    }
  }

  @Override
  public void code(Code code) {
    codes.put(code.hash(), code);
  }

  /** The root of what was taken in. */
  public Hash stateRoot() {
    StateTrieBuilder trie = new StateTrieBuilder();
    for (Pending pending : accounts.values()) {
      trie.hashedAccount(pending.record.key(), pending.record.account());
      pending.slots.forEach((key, slot) -> trie.hashedSlot(key, slot.value()));
    }
    return trie.build().root();
  }

  /**
   * Writes what was taken in and makes it the store's first version.
   *
   * @param blockNumber the state is the one after this block
   * @param stateRoot what the state must have as its root
   * @throws StateStoreException where the state has another root, code is missing, or another
   *     writer was faster
   */
  public void commit(long blockNumber, Hash stateRoot) throws IOException {
    Hash root = stateRoot();
    if (!root.equals(stateRoot)) {
      throw new StateStoreException(
          Problem.CONTENT, "the state has root " + root + " where " + stateRoot + " is asked for");
    }
    if (unlisted == Unlisted.ABSENT) {
      checkCodes();
    }
    Path layer = new Path(folder.path(), folder.newLayerName());
    LayerEntry entry;
    try (LayerWriter writer = new LayerWriter(folder.fs(), layer, partitions)) {
      for (Pending pending : accounts.values()) {
        writer.add(pending.record, pending.nonZeroSlots(), pending.slots.values().iterator());
      }
      for (Code code : codes.values()) {
        writer.code(code);
      }
      entry = writer.finish(blockNumber, stateRoot);
    }
    folder.commit(
        new StoreManifest(
            StoreManifest.FORMAT, 1, blockNumber, stateRoot.toString(), List.of(entry), unlisted));
  }

  private void checkCodes() throws StateStoreException {
    for (Pending pending : accounts.values()) {
      Hash hash = pending.record.account().codeHash();
      if (!hash.equals(Code.EMPTY_HASH) && !codes.containsKey(hash)) {
        throw new StateStoreException(Problem.CONTENT, "code " + hash + " is missing");
      }
    }
  }

  private static StoreManifest manifest(
      long version, long blockNumber, Hash stateRoot, List<LayerEntry> layers) {
    return new StoreManifest(
        StoreManifest.FORMAT, version, blockNumber, stateRoot.toString(), layers, Unlisted.ABSENT);
  }

  // ---------------------------------------------------------------- deltas

  /**
   * Adds a delta to a store: everything that changed in an overlay whose base was the store's
   * state. The store that was open goes on showing the version before.
   *
   * @param blockNumber the state is then the one after this block
   * @param stateRoot the root that the state has then, which the caller has computed
   * @throws StateStoreException where another writer has committed since the store was opened
   */
  public static void append(
      StateStore store, OverlayState overlay, long blockNumber, Hash stateRoot) throws IOException {
    refusePartial(store);
    SortedMap<Hash, Address> sorted = new TreeMap<>();
    for (Address address : overlay.changes().keySet()) {
      sorted.put(Keccak256.hash(address.toBytes()), address);
    }
    StoreFolder folder = store.folder();
    Path layer = new Path(folder.path(), folder.newLayerName());
    StoreLayer.Cursor[] cursors = MergedAccount.cursors(store);
    List<LayerEntry> entries = new ArrayList<>(store.manifest().layers());
    try (LayerWriter writer = new LayerWriter(folder.fs(), layer, 1)) {
      for (Map.Entry<Hash, Address> entry : sorted.entrySet()) {
        OverlayState.Change change = overlay.changes().get(entry.getValue());
        MergedAccount before = MergedAccount.find(store, entry.getKey(), cursors);
        append(writer, store, cursors, before, entry.getKey(), entry.getValue(), change);
      }
      for (Code code : overlay.codes().values()) {
        writer.code(code);
      }
      entries.add(writer.finish(blockNumber, stateRoot));
    }
    folder.commit(manifest(store.version() + 1, blockNumber, stateRoot, entries));
  }

  private static void append(
      LayerWriter writer,
      StateStore store,
      StoreLayer.Cursor[] cursors,
      MergedAccount before,
      Hash key,
      Address address,
      OverlayState.Change change)
      throws IOException {
    boolean exists = change.account() != null;
    if (!exists && !before.exists()) {
      return;
    }
    int flags =
        AccountRecord.HAS_ADDRESS
            | (exists ? AccountRecord.EXISTS : 0)
            | (change.cleared() || !exists ? AccountRecord.CLEARED : 0);
    Account account = exists ? change.account() : Account.EMPTY;
    SortedMap<Hash, SlotRecord> slots = new TreeMap<>();
    long nonZero = before.hasStorage() && !change.cleared() ? before.newest().nonZeroSlots() : 0;
    if (exists) {
      for (Map.Entry<UInt256, UInt256> slot : change.slots().entrySet()) {
        Hash slotKey = Keccak256.hash(slot.getKey().toBytes());
        slots.put(
            slotKey, new SlotRecord(slotKey, SlotRecord.HAS_SLOT, slot.getKey(), slot.getValue()));
      }
      for (SlotRecord slot : slots.values()) {
        boolean was = !change.cleared() && !before.storage(store, slot.key(), cursors).isZero();
        nonZero += (slot.value().isZero() ? 0 : 1) - (was ? 1 : 0);
      }
    }
    AccountRecord record = new AccountRecord(key, flags, address, account, 0, 0, 0);
    writer.add(record, exists ? nonZero : 0, slots.values().iterator());
  }

  // ---------------------------------------------------------------- compaction

  /**
   * Writes base and deltas as one new base. The folders of the layers before stay until {@link
   * #removeUnlisted}, for readers that have them open.
   *
   * @param partitions 1, 16 or 256
   * @throws StateStoreException where another writer has committed since the store was opened
   */
  public static void compact(StateStore store, int partitions) throws IOException {
    refusePartial(store);
    StoreFolder folder = store.folder();
    Path layer = new Path(folder.path(), folder.newLayerName());
    LayerEntry entry;
    try (LayerWriter writer = new LayerWriter(folder.fs(), layer, partitions)) {
      List<Hash> codeHashes = new ArrayList<>();
      new MergedScan(store.layers())
          .run(
              (account, slots) -> {
                writer.add(withoutFlags(account), -1, slots);
                if (!account.account().codeHash().equals(Code.EMPTY_HASH)) {
                  codeHashes.add(account.account().codeHash());
                }
              });
      Collections.sort(codeHashes);
      for (Hash hash : codeHashes) {
        writer.code(codeOf(store, hash));
      }
      entry = writer.finish(store.blockNumber(), store.stateRoot());
    }
    folder.commit(
        manifest(store.version() + 1, store.blockNumber(), store.stateRoot(), List.of(entry)));
  }

  private static void refusePartial(StateStore store) {
    if (store.unlisted() != Unlisted.ABSENT) {
      throw new IllegalArgumentException("a store of a partial state has no deltas");
    }
  }

  private static AccountRecord withoutFlags(AccountRecord account) {
    int kept = account.flags() & (AccountRecord.EXISTS | AccountRecord.HAS_ADDRESS);
    return new AccountRecord(account.key(), kept, account.address(), account.account(), 0, 0, 0);
  }

  private static Code codeOf(StateStore store, Hash hash) throws IOException {
    Code code = store.code(hash);
    if (code == null) {
      throw new StateStoreException(Problem.CONTENT, "the store lacks code " + hash);
    }
    return code;
  }

  /**
   * Deletes what no manifest but the newest needs: layers of versions before, and what killed
   * writers left. Not while anyone writes to the store or reads an older version of it.
   */
  public static void removeUnlisted(FileSystem fs, Path path) throws IOException {
    StoreFolder folder = new StoreFolder(fs, path);
    StoreManifest newest = folder.newest();
    if (newest == null) {
      throw new StateStoreException(Problem.ABSENT, "there is no state store in " + path);
    }
    List<String> listed = newest.layers().stream().map(LayerEntry::folder).toList();
    for (FileStatus file : folder.fs().listStatus(folder.path())) {
      String name = file.getPath().getName();
      boolean older = StoreFolder.isManifestBefore(name, newest.version());
      boolean leftover = name.startsWith("draft-") || name.startsWith("layer-");
      if (older || (leftover && !listed.contains(name))) {
        folder.fs().delete(file.getPath(), true);
      }
    }
  }
}
