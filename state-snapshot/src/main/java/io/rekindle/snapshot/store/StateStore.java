package io.rekindle.snapshot.store;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.StateSink;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import io.rekindle.snapshot.store.StoreManifest.LayerEntry;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
      throw new StateStoreException(Problem.ABSENT, "there is no state store in " + path);
    }
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

  /** Counts commits, from 1. */
  public long version() {
    return manifest.version();
  }

  /** The base and the deltas since. */
  public int layerCount() {
    return layers.size();
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
   * keys. What is listed and does not exist is known to be absent; what is not listed is missing.
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
