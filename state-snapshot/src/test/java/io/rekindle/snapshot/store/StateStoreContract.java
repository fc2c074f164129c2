package io.rekindle.snapshot.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Fixtures;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.StateModel;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.GethDump;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What a store does, on whatever file system. */
abstract class StateStoreContract {
  private static final int POPULATION = 120;

  abstract FileSystem fs();

  /** A folder that no other test uses. */
  abstract Path folder(String name);

  /** Numbers of partitions to try. */
  abstract int[] partitions();

  private static StateModel model(Random random, int units) {
    StateModel model = new StateModel(POPULATION);
    for (int i = 0; i < units; i++) {
      model.randomWrites(random);
    }
    return model;
  }

  private static StateTrie trie(StateModel model) {
    StateTrieBuilder builder = new StateTrieBuilder();
    model.writeTo(builder);
    return builder.build();
  }

  private StateStore create(Path path, StateModel model, int partitions) throws IOException {
    StateStoreWriter writer = new StateStoreWriter(fs(), path, partitions);
    model.writeTo(writer);
    writer.commit(10, trie(model).root());
    return StateStore.open(fs(), path);
  }

  private static Snapshot snapshot(StateModel model) {
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    model.writeTo(builder);
    return builder.build();
  }

  /** Every key that a model can have. */
  private static Map<Address, List<UInt256>> allKeys() {
    Map<Address, List<UInt256>> keys = new HashMap<>();
    for (int i = 0; i < POPULATION; i++) {
      keys.put(StateModel.address(i), StateModel.slots());
    }
    return keys;
  }

  @Test
  void storesAndSlicesAreTheStateThroughDeltasAndCompaction() throws IOException {
    for (int partitions : partitions()) {
      Random random = new Random(partitions);
      StateModel model = model(random, 300);
      StateTrie trie = trie(model);
      Path path = folder("through-" + partitions);
      StateStore store = create(path, model, partitions);
      for (int delta = 0; delta < 5; delta++) {
        check(store, model);
        OverlayState overlay = new OverlayState(store.reader());
        for (int unit = 0; unit < 20; unit++) {
          overlay.apply(model.randomWrites(random));
        }
        trie = trie.apply(overlay);
        StateStoreWriter.append(store, overlay, 11 + delta, trie.root());
        store.close();
        store = StateStore.open(fs(), path);
        assertEquals(11 + delta, store.blockNumber());
        assertEquals(trie.root(), store.stateRoot());
      }
      check(store, model);
      assertEquals(6, store.layerCount());
      StateStoreWriter.compact(store, 16);
      check(store, model);
      store.close();
      store = StateStore.open(fs(), path);
      assertEquals(1, store.layerCount());
      check(store, model);
      StateStoreWriter.removeUnlisted(fs(), path);
      // One layer and one manifest.
      assertEquals(2, fs().listStatus(path).length);
      check(store, model);
      store.close();
    }
  }

  private static void check(StateStore store, StateModel model) throws IOException {
    model.assertSame(store.reader());
    model.assertSame(store.slice(allKeys()));
    store.verify();
  }

  @Test
  void aSliceKnowsOnlyWhatWasAskedFor() throws IOException {
    Random random = new Random(3);
    StateModel model = model(random, 300);
    StateStore store = create(folder("slice"), model, 16);
    Snapshot whole = snapshot(model);
    Address asked = StateModel.address(0);
    for (int i = 0; !whole.hasStorage(asked); i++) {
      asked = StateModel.address(i);
    }
    UInt256 slot = StateModel.slots().get(4);
    Snapshot slice = store.slice(Map.of(asked, List.of(slot)));
    Address found = asked;
    assertEquals(whole.account(asked), slice.account(asked));
    assertEquals(whole.storage(asked, slot), slice.storage(asked, slot));
    assertTrue(slice.hasStorage(asked));
    assertThrows(
        MissingStateException.class, () -> slice.storage(found, StateModel.slots().get(5)));
    Address other = StateModel.address(POPULATION + 1);
    assertThrows(MissingStateException.class, () -> slice.account(other));
    store.close();
  }

  @Test
  void theHeadStateIsKeptWithItsRoot() throws IOException {
    Path path = folder("headstate");
    GethDump dump = new GethDump(Fixtures.path("chains/hive-600/headstate.json"));
    StateStoreWriter writer = new StateStoreWriter(fs(), path, 16);
    Hash root = dump.writeTo(writer);
    assertThrows(StateStoreException.class, () -> writer.commit(600, Hash.ZERO));
    writer.commit(600, root);
    try (StateStore store = StateStore.open(fs(), path)) {
      assertEquals(root, store.stateRoot());
      assertTrue(store.verify().accounts() > 100);
    }
  }

  /** A writer killed at any step leaves the state before, and then one that goes through. */
  @Test
  void aKilledWriteIsInvisible() throws IOException {
    Random random = new Random(9);
    StateModel model = model(random, 60);
    Path path = folder("killed");
    StateTrie trie = trie(model);
    int killed = 0;
    for (int steps = 1; ; steps++) {
      KilledFileSystem dying = new KilledFileSystem(fs(), steps);
      StateStoreWriter writer = new StateStoreWriter(dying, path, 1);
      model.writeTo(writer);
      if (succeeds(() -> writer.commit(10, trie.root()))) {
        break;
      }
      killed++;
      assertEquals(
          Problem.ABSENT,
          assertThrows(StateStoreException.class, () -> StateStore.open(fs(), path)).problem());
    }
    assertTrue(killed > 8, "too few steps");
    killAppends(path, model, trie, random);
  }

  private void killAppends(Path path, StateModel model, StateTrie before, Random random)
      throws IOException {
    Snapshot state = snapshot(model);
    OverlayState overlay = new OverlayState(state);
    for (int unit = 0; unit < 10; unit++) {
      overlay.apply(model.randomWrites(random));
    }
    StateTrie after = before.apply(overlay);
    for (int steps = 1; ; steps++) {
      KilledFileSystem dying = new KilledFileSystem(fs(), steps);
      try (StateStore store = StateStore.open(dying, path)) {
        boolean done = succeeds(() -> StateStoreWriter.append(store, overlay, 11, after.root()));
        try (StateStore seen = StateStore.open(fs(), path)) {
          assertEquals(done ? after.root() : before.root(), seen.stateRoot());
          seen.verify();
        }
        if (done) {
          break;
        }
      }
    }
    try (StateStore store = StateStore.open(fs(), path)) {
      model.assertSame(store.reader());
    }
    killCompactions(path, model, after.root());
  }

  /** A compaction killed anywhere, its clean-up included, leaves the state as it is. */
  private void killCompactions(Path path, StateModel model, Hash root) throws IOException {
    for (int steps = 1; ; steps++) {
      KilledFileSystem dying = new KilledFileSystem(fs(), steps);
      boolean done;
      try (StateStore store = StateStore.open(dying, path)) {
        done =
            succeeds(
                () -> {
                  if (store.layerCount() > 1) {
                    StateStoreWriter.compact(store, 1);
                  }
                  StateStoreWriter.removeUnlisted(dying, path);
                });
      }
      try (StateStore seen = StateStore.open(fs(), path)) {
        assertEquals(root, seen.stateRoot());
        seen.verify();
        if (done) {
          assertEquals(1, seen.layerCount());
          model.assertSame(seen.reader());
          return;
        }
      }
    }
  }

  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** False where the client was killed. */
  private static boolean succeeds(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      assertFalse(e instanceof StateStoreException, e::getMessage);
      return false;
    }
  }

  @Test
  void ofTwoWritersOneWins() throws IOException {
    Random random = new Random(4);
    StateModel model = model(random, 60);
    StateTrie trie = trie(model);
    Path path = folder("two");
    StateStoreWriter first = new StateStoreWriter(fs(), path, 16);
    StateStoreWriter second = new StateStoreWriter(fs(), path, 1);
    model.writeTo(first);
    model.writeTo(second);
    first.commit(10, trie.root());
    assertProblem(Problem.CONCURRENT_WRITE, () -> second.commit(10, trie.root()));
    assertProblem(Problem.EXISTS, () -> new StateStoreWriter(fs(), path, 1));

    try (StateStore one = StateStore.open(fs(), path);
        StateStore other = StateStore.open(fs(), path)) {
      OverlayState overlay = new OverlayState(one.reader());
      overlay.apply(model.randomWrites(random));
      Hash root = trie.apply(overlay).root();
      StateStoreWriter.append(one, overlay, 11, root);
      assertProblem(
          Problem.CONCURRENT_WRITE, () -> StateStoreWriter.append(other, overlay, 11, root));
      assertProblem(Problem.CONCURRENT_WRITE, () -> StateStoreWriter.compact(other, 1));
      try (StateStore seen = StateStore.open(fs(), path)) {
        assertEquals(root, seen.stateRoot());
        seen.verify();
        model.assertSame(seen.reader());
      }
    }
  }

  private static void assertProblem(Problem expected, Step step) {
    assertEquals(expected, assertThrows(StateStoreException.class, step::run).problem());
  }

  /** Any byte flipped and any file cut, in any file, is a named error of open or verify. */
  @Test
  void flipsAndCutsAreNamed() throws IOException {
    StateModel model = model(new Random(8), 40);
    Path path = folder("flips");
    create(path, model, 1).close();
    List<Path> files = new ArrayList<>();
    for (FileStatus entry : fs().listStatus(path)) {
      if (entry.isDirectory()) {
        for (FileStatus file : fs().listStatus(entry.getPath())) {
          files.add(file.getPath());
        }
      } else {
        files.add(entry.getPath());
      }
    }
    assertEquals(4, files.size());
    Random random = new Random(1);
    for (Path file : files) {
      byte[] bytes = read(file);
      for (int i = 0; i < 25; i++) {
        byte[] flipped = bytes.clone();
        int at = i < 8 ? Math.min(i, bytes.length - 1) : random.nextInt(bytes.length);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        write(file, flipped);
        assertNotNull(problem(path), file + ", byte " + at);
      }
      for (int i = 0; i < 10; i++) {
        byte[] cut = Arrays.copyOf(bytes, i == 0 ? 0 : random.nextInt(bytes.length));
        write(file, cut);
        assertNotNull(problem(path), file + ", cut to " + cut.length);
      }
      fs().delete(file, false);
      assertNotNull(problem(path), file + " deleted");
      write(file, bytes);
      assertEquals(null, problem(path));
    }
  }

  private Problem problem(Path path) throws IOException {
    try (StateStore store = StateStore.open(fs(), path)) {
      store.verify();
      return null;
    } catch (StateStoreException e) {
      return e.problem();
    }
  }

  private byte[] read(Path file) throws IOException {
    byte[] bytes = new byte[(int) fs().getFileStatus(file).getLen()];
    try (FSDataInputStream in = fs().open(file)) {
      in.readFully(0, bytes);
    }
    return bytes;
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = fs().create(file, true)) {
      out.write(bytes);
    }
  }
}
