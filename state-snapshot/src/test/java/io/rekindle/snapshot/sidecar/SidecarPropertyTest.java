package io.rekindle.snapshot.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.StateModel;
import io.rekindle.snapshot.Unlisted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A versioned snapshot answers before each unit what the units before it made of the state. */
class SidecarPropertyTest {
  @Property(tries = 60)
  void everyUnitSeesItsTrueState(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int population) {
    Random random = new Random(seed);
    StateModel model = new StateModel(population);
    for (int i = 0; i < population; i++) {
      model.randomWrites(random);
    }
    SnapshotBuilder base = new SnapshotBuilder(Unlisted.ABSENT);
    model.writeTo(base);
    Snapshot snapshot = base.build();

    List<List<WriteSet>> blocks = new ArrayList<>();
    List<Sidecar> sidecars = new ArrayList<>();
    OverlayState state = new OverlayState(snapshot);
    for (int block = 0; block < 4; block++) {
      SidecarBuilder builder = new SidecarBuilder(state);
      List<WriteSet> units = new ArrayList<>();
      for (int unit = 0; unit < 5; unit++) {
        WriteSet writes = model.randomWrites(random);
        units.add(writes);
        builder.add(unit, ReadSet.EMPTY, writes);
      }
      units.forEach(state::apply);
      blocks.add(units);
      Sidecar sidecar = builder.build();
      Sidecar decoded = Sidecar.decode(sidecar.listBytes(), sidecar.extensionBytes());
      assertTrue(decoded.sameAs(sidecar));
      sidecars.add(decoded);
    }
    VersionedSnapshot.Builder versions = new VersionedSnapshot.Builder(snapshot, 100);
    sidecars.forEach(versions::add);
    compare(versions.build(), snapshot, blocks, population);
  }

  private static void compare(
      VersionedSnapshot versioned, Snapshot base, List<List<WriteSet>> blocks, int population) {
    OverlayState state = new OverlayState(base);
    for (int block = 0; block < blocks.size(); block++) {
      for (int unit = 0; unit < blocks.get(block).size(); unit++) {
        StateModel.assertEqual(population, state, versioned.before(100 + block, unit));
        state.apply(blocks.get(block).get(unit));
      }
      StateModel.assertEqual(population, state, versioned.asOf(100 + block));
    }
    StateModel.assertEqual(population, base, versioned.asOf(99));
    assertEquals(99 + blocks.size(), versioned.lastBlock());
    assertThrows(IllegalArgumentException.class, () -> versioned.before(99, 0));
    assertThrows(IllegalArgumentException.class, () -> versioned.asOf(100 + blocks.size()));
  }
}
