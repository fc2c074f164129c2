package io.rekindle.job;

import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.UnitRun;
import io.rekindle.merge.wire.EncodedOutcomes;
import io.rekindle.merge.wire.PartitionCodec;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;
import io.rekindle.partitioner.learn.UnitObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task hands over: the partition's result, and what was seen of the units that were watched.
 *
 * @param observations by place in the window; {@link UnitObserver#toBytes}
 * @param encoded flat form of all this, where it came as such; else null
 */
record ExecutedPartition(
    PartitionResult result, Map<Integer, byte[]> observations, byte[] encoded) {
  /** Bytes to make room for at first. */
  private static final int ROOM = 1 << 16;

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
    return encoded.length;
  }

  /** CPU time of its units, in nanoseconds. */
  long unitNanos() {
    return result.runs().stream().mapToLong(UnitRun::nanos).sum();
  }

  Optional<UnitObserver> observation(int unit) {
    return Optional.ofNullable(observations.get(unit)).map(UnitObserver::ofBytes);
  }

  byte[] toBytes() {
    WireWriter out = new WireWriter(ROOM);
    PartitionCodec.write(out, result);
    out.number(observations.size());
    observations.forEach((unit, observation) -> out.number(unit).bytes(observation));
    return out.toBytes();
  }

  static ExecutedPartition ofBytes(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    PartitionResult result = PartitionCodec.read(in);
    Map<Integer, byte[]> observations = new HashMap<>();
    for (int left = in.count(); left > 0; left--) {
      observations.put(in.count(), in.bytes());
    }
    return new ExecutedPartition(result, observations, bytes);
  }
}
