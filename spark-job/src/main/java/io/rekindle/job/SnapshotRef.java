package io.rekindle.job;

import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * A snapshot as executors find it: a base, and deltas on top of it, each broadcast once.
 *
 * @param layers wire forms, the base first
 */
record SnapshotRef(List<Broadcast<byte[]>> layers) implements Serializable {
  SnapshotRef plus(Broadcast<byte[]> delta) {
    List<Broadcast<byte[]>> longer = new ArrayList<>(layers);
    longer.add(delta);
    return new SnapshotRef(longer);
  }

  private String key(int count) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < count; i++) {
      key.append(layers.get(i).id()).append('/');
    }
    return key.toString();
  }

  /** The snapshot, composed on this executor. */
  Snapshot open() {
    return open(layers.size());
  }

  private Snapshot open(int count) {
    return ExecutorCache.snapshot(key(count), () -> compose(count));
  }

  private Snapshot compose(int count) {
    SnapshotCodec codec = new SnapshotCodec();
    ByteArrayInputStream bytes = new ByteArrayInputStream(layers.get(count - 1).value());
    try {
      return count == 1 ? codec.readSnapshot(bytes) : open(count - 1).plus(codec.readDelta(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
