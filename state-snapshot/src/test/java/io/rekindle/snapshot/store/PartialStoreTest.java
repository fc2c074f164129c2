package io.rekindle.snapshot.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.StateModel;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import io.rekindle.snapshot.store.StoreDiff.AccountDifference;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of partial states, of several heights, and what differs between stores. */
class PartialStoreTest {
  private static final Address ALICE = StateModel.address(1);
  private static final Address BOB = StateModel.address(2);
  private static final Code CODE = Code.of(new byte[] {1, 2, 3});

  @TempDir java.nio.file.Path folder;
  private FileSystem fs;

  @BeforeEach
  void open() throws IOException {
    fs = FileSystem.getLocal(new Configuration());
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private StateStore partial(Unlisted unlisted) throws IOException {
    Path path = path(unlisted.name());
    StateStoreWriter writer = new StateStoreWriter(fs, path, 16, unlisted);
    writer.account(ALICE, new Account(1, UInt256.of(5), CODE.hash()));
    writer.slot(UInt256.ONE, UInt256.of(7));
    writer.slot(UInt256.of(2), UInt256.ZERO);
    writer.commit(9, writer.stateRoot());
    return StateStore.open(fs, path);
  }

  @Test
  void aPartOfAStateNamesWhatItLacks() throws IOException {
    try (StateStore store = partial(Unlisted.MISSING)) {
      StateReader reader = store.reader();
      assertEquals(1, store.verify().accounts());
      assertEquals(UInt256.of(7), reader.storage(ALICE, UInt256.ONE));
      assertEquals(UInt256.ZERO, reader.storage(ALICE, UInt256.of(2)));
      assertThrows(MissingStateException.class, () -> reader.storage(ALICE, UInt256.of(3)));
      assertThrows(MissingStateException.class, () -> reader.account(BOB));
      assertThrows(MissingStateException.class, () -> reader.hasStorage(BOB));
      assertThrows(MissingStateException.class, () -> reader.code(CODE.hash()));
      Snapshot slice =
          store.slice(Map.of(ALICE, List.of(UInt256.of(2), UInt256.of(3)), BOB, List.of()));
      assertEquals(UInt256.ZERO, slice.storage(ALICE, UInt256.of(2)));
      assertThrows(MissingStateException.class, () -> slice.storage(ALICE, UInt256.of(3)));
      assertThrows(MissingStateException.class, () -> slice.account(BOB));
      OverlayState overlay = new OverlayState(reader);
      assertThrows(
          IllegalArgumentException.class,
          () -> StateStoreWriter.append(store, overlay, 10, store.stateRoot()));
    }
  }

  @Test
  void aPrestatesStoreCountsWhatItDoesNotList() throws IOException {
    try (StateStore store = partial(Unlisted.COUNTED)) {
      StateReader reader = store.reader();
      assertEquals(UInt256.ZERO, reader.storage(ALICE, UInt256.of(2)));
      assertTrue(reader.hasStorage(ALICE));
      assertEquals(0, store.unlistedReads().count());
      assertNull(reader.account(BOB));
      assertEquals(UInt256.ZERO, reader.storage(ALICE, UInt256.of(3)));
      assertFalse(reader.hasStorage(BOB));
      assertEquals(3, store.unlistedReads().count());
      assertTrue(store.unlistedReads().names().contains("account " + BOB));
      Snapshot slice = store.slice(Map.of(ALICE, List.of(UInt256.ONE)));
      assertEquals(Unlisted.COUNTED, slice.unlistedPolicy());
    }
  }

  /** What differs between two heights is what the units in between changed. */
  @Test
  void heightsAreOpenedAndCompared() throws IOException {
    Random random = new Random(11);
    StateModel model = new StateModel(40);
    for (int i = 0; i < 60; i++) {
      model.randomWrites(random);
    }
    Path path = path("heights");
    StateStoreWriter writer = new StateStoreWriter(fs, path, 1);
    model.writeTo(writer);
    StateTrieBuilder builder = new StateTrieBuilder();
    model.writeTo(builder);
    StateTrie trie = builder.build();
    writer.commit(1, trie.root());
    for (int block = 2; block < 5; block++) {
      try (StateStore store = StateStore.open(fs, path)) {
        OverlayState overlay = new OverlayState(store.reader());
        for (int unit = 0; unit < 5; unit++) {
          overlay.apply(model.randomWrites(random));
        }
        trie = trie.apply(overlay);
        StateStoreWriter.append(store, overlay, block, trie.root());
      }
    }
    for (int block = 1; block < 5; block++) {
      try (StateStore store = StateStore.open(fs, path, block)) {
        assertEquals(block, store.blockNumber());
        store.verify();
        compare(path, block);
      }
    }
    StateStoreException absent =
        assertThrows(StateStoreException.class, () -> StateStore.open(fs, path, 7));
    assertEquals(Problem.ABSENT, absent.problem());
  }

  private void compare(Path path, int block) throws IOException {
    try (StateStore one = StateStore.open(fs, path, block);
        StateStore other = StateStore.open(fs, path)) {
      List<AccountDifference> differences = new ArrayList<>();
      StoreDiff.run(one, other, differences::add);
      StateReader before = one.reader();
      StateReader after = other.reader();
      for (int number = 0; number < 40; number++) {
        Address address = StateModel.address(number);
        AccountDifference found =
            differences.stream()
                .filter(difference -> address.equals(difference.address()))
                .findFirst()
                .orElse(null);
        long slots =
            StateModel.slots().stream()
                .filter(s -> !before.storage(address, s).equals(after.storage(address, s)))
                .count();
        boolean same =
            Objects.equals(before.account(address), after.account(address)) && slots == 0;
        assertEquals(same, found == null);
        if (found != null) {
          assertEquals(before.account(address), found.before());
          assertEquals(after.account(address), found.after());
          assertEquals(slots, found.slots().size());
          found.slots().forEach(s -> assertEquals(after.storage(address, s.slot()), s.after()));
        }
      }
      assertEquals(block == 4, differences.isEmpty());
    }
  }
}
