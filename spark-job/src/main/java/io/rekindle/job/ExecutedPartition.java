package io.rekindle.job;

import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.UnitRun;
import io.rekindle.merge.wire.PartitionCodec;
import io.rekindle.partitioner.learn.UnitObserver;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a task hands over: the partition's result, and what was seen of the units that were watched.
 *
 * @param observations by place in the window; {@link UnitObserver#toBytes}
 * @param bytes of the flat form, where it came as such; else 0
 */
record ExecutedPartition(PartitionResult result, Map<Integer, byte[]> observations, int bytes) {
  ExecutedPartition(PartitionResult result, Map<Integer, byte[]> observations) {
    this(result, observations, 0);
  }

  /** CPU time of its units, in nanoseconds. */
  long unitNanos() {
    return result.runs().stream().mapToLong(UnitRun::nanos).sum();
  }

  Optional<UnitObserver> observation(int unit) {
    return Optional.ofNullable(observations.get(unit)).map(UnitObserver::ofBytes);
  }

  byte[] toBytes() {
    byte[] encoded = PartitionCodec.encode(result);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length + 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(encoded.length);
      out.write(encoded);
      out.writeInt(observations.size());
      for (Map.Entry<Integer, byte[]> observation : observations.entrySet()) {
        out.writeInt(observation.getKey());
        out.writeInt(observation.getValue().length);
        out.write(observation.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ExecutedPartition ofBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    PartitionResult result = PartitionCodec.decode(next(in));
    Map<Integer, byte[]> observations = new HashMap<>();
    for (int left = in.getInt(); left > 0; left--) {
      observations.put(in.getInt(), next(in));
    }
    return new ExecutedPartition(result, observations, bytes.length);
  }

  private static byte[] next(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
