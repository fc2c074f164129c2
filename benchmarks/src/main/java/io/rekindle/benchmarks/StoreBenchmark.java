package io.rekindle.benchmarks;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.store.StateStore;
import io.rekindle.snapshot.store.StateStoreWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Point lookups in a store of a million slots on local files that the system's cache holds: the
 * median counts. Accounts are drawn from more than a reader remembers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class StoreBenchmark {
  private StateKeys keys;
  private StateKeys others;
  private FileSystem fs;
  private Path folder;
  private StateStore store;
  private StateReader reader;

  @Setup
  public void build() throws IOException {
    keys = new StateKeys(100_000, 10, 1);
    others = new StateKeys(100_000, 10, 2);
    fs = FileSystem.getLocal(new Configuration());
    folder = new Path(Files.createTempDirectory("rekindle-store").toUri());
    StateStoreWriter writer = new StateStoreWriter(fs, folder, 16);
    keys.writeTo(writer);
    writer.commit(0, writer.stateRoot());
    store = StateStore.open(fs, folder);
    reader = store.reader();
  }

  @TearDown
  public void remove() throws IOException {
    store.close();
    fs.delete(folder, true);
  }

  @Benchmark
  public Account account() {
    keys.step();
    return reader.account(keys.address());
  }

  /** An account and one of its slots. */
  @Benchmark
  public UInt256 slot() {
    keys.step();
    return reader.storage(keys.address(), keys.slot());
  }

  @Benchmark
  public UInt256 absentSlot() {
    keys.step();
    others.step();
    return reader.storage(keys.address(), others.slot());
  }

  @Benchmark
  public Account absentAccount() {
    others.step();
    return reader.account(others.address());
  }
}
