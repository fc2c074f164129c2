package io.rekindle.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.state.OverlayState;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Snapshots and their deltas are a state of tree maps, in memory and after the wire. */
class SnapshotPropertyTest {
  @Property(tries = 100)
  void deltasAreTheState(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int population)
      throws IOException {
    Random random = new Random(seed);
    StateModel model = new StateModel(population);
    Snapshot snapshot = base(model, random, population);
    StateTrie trie = rootFromScratch(snapshot);
    for (int window = 0; window < 20; window++) {
      OverlayState overlay = new OverlayState(snapshot);
      for (int unit = random.nextInt(4); unit >= 0; unit--) {
        overlay.apply(model.randomWrites(random));
      }
      snapshot = snapshot.plus(wired(SnapshotDelta.of(snapshot, overlay)));
      trie = trie.apply(overlay);
      model.assertSame(snapshot);
      model.assertSame(snapshot.folded());
      model.assertSame(wired(snapshot));
      assertEquals(snapshot.id(), wired(snapshot).id());
      assertEquals(rootFromScratch(snapshot).root(), trie.root());
    }
  }

  /** Later deltas leave earlier snapshots as they were. */
  @Property(tries = 20)
  void snapshotsDoNotChange(@ForAll long seed) {
    Random random = new Random(seed);
    StateModel model = new StateModel(20);
    Snapshot snapshot = base(model, random, 20);
    List<Snapshot> snapshots = new ArrayList<>();
    List<StateTrie> tries = new ArrayList<>();
    for (int window = 0; window < 30; window++) {
      snapshots.add(snapshot);
      tries.add(rootFromScratch(snapshot));
      OverlayState overlay = new OverlayState(snapshot);
      overlay.apply(model.randomWrites(random));
      snapshot = snapshot.plus(overlay);
    }
    for (int window = 0; window < 30; window++) {
      assertEquals(tries.get(window).root(), rootFromScratch(snapshots.get(window)).root());
    }
  }

  private static Snapshot base(StateModel model, Random random, int population) {
    for (int i = 0; i < population; i++) {
      model.randomWrites(random);
    }
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    model.writeTo(builder);
    Snapshot snapshot = builder.build();
    model.assertSame(snapshot);
    return snapshot;
  }

  private static StateTrie rootFromScratch(Snapshot snapshot) {
    StateTrieBuilder builder = new StateTrieBuilder();
    snapshot.writeTo(builder);
    return builder.build();
  }

  private static Snapshot wired(Snapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SnapshotCodec().write(snapshot, out);
    return new SnapshotCodec().readSnapshot(new ByteArrayInputStream(out.toByteArray()));
  }

  private static SnapshotDelta wired(SnapshotDelta delta) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SnapshotCodec().write(delta, out);
    return new SnapshotCodec().readDelta(new ByteArrayInputStream(out.toByteArray()));
  }
}
