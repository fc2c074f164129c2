package io.rekindle.benchmarks;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.SnapshotCodec;
import io.rekindle.snapshot.Unlisted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Lookups in a slice of a million slots, and its wire form. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class SnapshotBenchmark {
  private StateKeys keys;
  private StateKeys others;
  private Snapshot snapshot;
  private byte[] wire;
  private final SnapshotCodec codec = new SnapshotCodec();

  @Setup
  public void build() throws IOException {
    keys = new StateKeys(20_000, 50, 1);
    others = new StateKeys(20_000, 50, 2);
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    keys.writeTo(builder);
    snapshot = builder.build();
    wire = encode();
  }

  /** A slot that is there. */
  @Benchmark
  public UInt256 slot() {
    keys.step();
    return snapshot.storage(keys.address(), keys.slot());
  }

  /** A slot that is not there, of an account that is. */
  @Benchmark
  public UInt256 absentSlot() {
    keys.step();
    others.step();
    return snapshot.storage(keys.address(), others.slot());
  }

  @Benchmark
  public Account account() {
    keys.step();
    return snapshot.account(keys.address());
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public byte[] encode() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(80_000_000);
    codec.write(snapshot, out);
    return out.toByteArray();
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Snapshot decode() throws IOException {
    return codec.readSnapshot(new ByteArrayInputStream(wire));
  }
}
