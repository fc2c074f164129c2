package io.rekindle.snapshot.store;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.StateSink;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.UnlistedReads;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import io.rekindle.snapshot.store.StoreManifest.LayerEntry;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A complete state in a folder, as of the version that was newest when it was opened. Reads are
 * safe from any number of threads. {@link StateStoreWriter} makes stores.
 */
public final class StateStore implements AutoCloseable {
  private final StoreFolder folder;
  private final StoreManifest manifest;
  private final List<StoreLayer> layers;
  private final UnlistedReads unlistedReads = new UnlistedReads();

  private StateStore(StoreFolder folder, StoreManifest manifest, List<StoreLayer> layers) {
    this.folder = folder;
    this.manifest = manifest;
    this.layers = layers;
  }

  /**
   * Opens the newest version.
   *
   * @throws StateStoreException where there is no store, or its files are not what was written
   */
  public static StateStore open(FileSystem fs, Path path) throws IOException {
    StoreFolder folder = new StoreFolder(fs, path);
    StoreManifest manifest = folder.newest();
    if (manifest == null) {
      throw absent(path);
    }
    return open(folder, manifest);
  }

  private static StateStoreException absent(Path path) {
    return new StateStoreException(Problem.ABSENT, "there is no state store in " + path);
  }

  /**
   * Opens the newest version whose state is the one after a block.
   *
   * @throws StateStoreException where there is none, or its files are not what was written
   */
  public static StateStore open(FileSystem fs, Path path, long blockNumber) throws IOException {
    StoreFolder folder = new StoreFolder(fs, path);
    List<StoreManifest> versions = folder.versions();
    if (versions.isEmpty()) {
      throw absent(path);
    }
    for (StoreManifest manifest : versions) {
      if (manifest.blockNumber() == blockNumber) {
        return open(folder, manifest);
      }
    }
    throw new StateStoreException(
        Problem.ABSENT,
        "the state store in "
            + path
            + " has no state after block "
            + blockNumber
            + ", only after "
            + versions.stream()
                .map(manifest -> Long.toString(manifest.blockNumber()))
                .distinct()
                .collect(Collectors.joining(", ")));
  }

  /**
   * A state that a store holds.
   *
   * @param blockNumber the state is the one after this block
   */
  public record Height(long blockNumber, Hash stateRoot) {}

  /**
   * The states that a store holds, by ascending block; of several for a block the newest.
   *
   * @throws StateStoreException where there is no store
   */
  public static List<Height> heights(FileSystem fs, Path path) throws IOException {
    TreeMap<Long, Height> heights = new TreeMap<>();
    for (StoreManifest manifest : new StoreFolder(fs, path).versions()) {
      heights.putIfAbsent(
          manifest.blockNumber(), new Height(manifest.blockNumber(), manifest.root()));
    }
    if (heights.isEmpty()) {
      throw absent(path);
    }
    return List.copyOf(heights.values());
  }

  private static StateStore open(StoreFolder folder, StoreManifest manifest) throws IOException {
    List<StoreLayer> layers = new ArrayList<>();
    for (LayerEntry entry : manifest.layers()) {
      layers.add(new StoreLayer(folder.fs(), folder.path(), entry));
    }
    return new StateStore(folder, manifest, layers);
  }

  /** The state is the one after this block. */
  public long blockNumber() {
    return manifest.blockNumber();
  }

  public Hash stateRoot() {
    return manifest.root();
  }

  /** What the state says of what is not in it; {@link Unlisted#ABSENT} where it is complete. */
  public Unlisted unlisted() {
    return manifest.unlisted();
  }

  /** Counts commits, from 1. */
  public long version() {
    return manifest.version();
  }

  /** Where it lies, qualified. */
  public Path path() {
    return folder.path();
  }

  /** The base and the deltas since. */
  public int layerCount() {
    return layers.size();
  }

  /** Reads of what a partial state does not list, so far, by all readers of this store. */
  public UnlistedReads unlistedReads() {
    return unlistedReads;
  }

  StoreFolder folder() {
    return folder;
  }

  StoreManifest manifest() {
    return manifest;
  }

  List<StoreLayer> layers() {
    return layers;
  }

  // ---------------------------------------------------------------- lookups

  /**
   * A reader that looks everything up in the files; one a thread is not needed. I/O failures are
   * {@link UncheckedIOException}s.
   */
  public StateReader reader() {
    return new StoreReader(this);
  }

  /**
   * The part of the state that a window needs, in one pass over the files in the order of their
   * keys. What is asked for and does not exist is known to be absent, what is not asked for is
   * missing; in a partial state, what it does not list stays unlisted.
   *
   * @param keys accounts, and of each the slots
   */
  public Snapshot slice(Map<Address, ? extends Collection<UInt256>> keys) throws IOException {
    return new StoreSlice(this).of(keys);
  }

  /** The account by hashed address, or null where none exists. */
  public Account account(Hash addressHash) throws IOException {
    MergedAccount found = MergedAccount.find(this, addressHash, MergedAccount.cursors(this));
    return found.exists() ? found.newest().account() : null;
  }

  /** Slots of an account that are not zero, as far as they are listed. */
  public long slotCount(Address address) throws IOException {
    Hash key = Keccak256.hash(address.toBytes());
    MergedAccount found = MergedAccount.find(this, key, MergedAccount.cursors(this));
    return found.exists() ? found.newest().nonZeroSlots() : 0;
  }

  /** The value of a slot by hashed address and hashed slot. */
  public UInt256 storage(Hash addressHash, Hash slotHash) throws IOException {
    StoreLayer.Cursor[] cursors = MergedAccount.cursors(this);
    return MergedAccount.find(this, addressHash, cursors).storage(this, slotHash, cursors);
  }

  /** The code with this hash, or null. */
  Code code(Hash hash) throws IOException {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Code code = layers.get(i).code(hash);
      if (code != null) {
        return code;
      }
    }
    return null;
  }

  // ---------------------------------------------------------------- all of it

  /** What a store holds. */
  public record Contents(long accounts, long slots, long codes) {}

  /** Gives all accounts with their slots in the order of their keys, then code. */
  public Contents writeTo(StateSink sink) throws IOException {
    long[] counts = new long[3];
    try {
      new MergedScan(layers)
          .run(
              (account, slots) -> {
                counts[0]++;
                if (account.is(AccountRecord.HAS_ADDRESS)) {
                  sink.account(account.address(), account.account());
                } else {
                  sink.hashedAccount(account.key(), account.account());
                }
                while (slots.hasNext()) {
                  SlotRecord slot = slots.next();
                  counts[1]++;
                  if (slot.hasSlot()) {
                    sink.slot(slot.slot(), slot.value());
                  } else {
                    sink.hashedSlot(slot.key(), slot.value());
                  }
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (StoreLayer layer : layers) {
      for (Hash hash : layer.codeHashes()) {
        sink.code(layer.code(hash));
        counts[2]++;
      }
    }
    return new Contents(counts[0], counts[1], counts[2]);
  }

  /**
   * Holds every file against its checksum, and the whole state against its root.
   *
   * @throws StateStoreException where something is not as it was written
   */
  public Contents verify() throws IOException {
    for (StoreLayer layer : layers) {
      layer.verifyFiles();
    }
    // Keys are hashed again where their preimages are known, so that a wrong one shows.
    StateTrieBuilder trie = new StateTrieBuilder();
    Contents contents = writeTo(trie);
    Hash root = trie.build().root();
    if (!root.equals(stateRoot())) {
      throw new StateStoreException(
          Problem.CONTENT,
          "the state in "
              + folder.path()
              + " has root "
              + root
              + ", its manifest says "
              + stateRoot());
    }
    return contents;
  }

  @Override
  public void close() throws IOException {
    for (StoreLayer layer : layers) {
      layer.close();
    }
  }
}
