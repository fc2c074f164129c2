package io.rekindle.job;

import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.UnitRun;
import io.rekindle.merge.wire.EncodedOutcomes;
import io.rekindle.merge.wire.PartitionCodec;
import io.rekindle.partitioner.learn.UnitObserver;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task hands over: the partition's result, and what was seen of the units that were watched.
 *
 * @param observations by place in the window; {@link UnitObserver#toBytes}
 * @param encoded flat form of the result, where it came as such; else null
 */
record ExecutedPartition(
    PartitionResult result, Map<Integer, byte[]> observations, byte[] encoded) {
  ExecutedPartition(PartitionResult result, Map<Integer, byte[]> observations) {
    this(result, observations, null);
  }

  /** The outcomes of partitions as they came from executors. */
  static EncodedOutcomes outcomes(List<ExecutedPartition> partitions) {
    EncodedOutcomes outcomes = new EncodedOutcomes();
    for (ExecutedPartition partition : partitions) {
      if (partition.encoded() != null) {
        outcomes.add(partition.result(), partition.encoded());
      }
    }
    return outcomes;
  }

  /** Bytes that the task handed over. */
  long bytes() {
    return encoded.length
        + observations.values().stream().mapToLong(observation -> observation.length).sum();
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
    byte[] encoded = next(in);
    PartitionResult result = PartitionCodec.decode(encoded);
    Map<Integer, byte[]> observations = new HashMap<>();
    for (int left = in.getInt(); left > 0; left--) {
      observations.put(in.getInt(), next(in));
    }
    return new ExecutedPartition(result, observations, encoded);
  }

  private static byte[] next(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
