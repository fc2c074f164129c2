package io.rekindle.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One iteration of each EVM program, one token transfer, and the hash that they are held against.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EvmBenchmark {
  private final EvmWorld arithmetic = EvmWorld.of(EvmPrograms.ARITHMETIC);
  private final EvmWorld keccak = EvmWorld.of(EvmPrograms.KECCAK);
  private final EvmWorld storage = EvmWorld.of(EvmPrograms.STORAGE);
  private final EvmWorld transfer = EvmWorld.ofTokenTransfer();
  private final EvmWorld memory = EvmWorld.of(EvmPrograms.MEMORY);
  private final EvmWorld division = EvmWorld.of(EvmPrograms.DIVISION);
  private final EvmWorld call = EvmWorld.of(EvmPrograms.CALL);

  private final KeccakDigest digest = new KeccakDigest(256);
  private final byte[] hashed = new byte[32];

  /** Keccak-256 of 32 bytes by BouncyCastle: the unit of the ratios. */
  @Benchmark
  public byte[] unitHash() {
    digest.update(hashed, 0, 32);
    digest.doFinal(hashed, 0);
    return hashed;
  }

  @Benchmark
  @OperationsPerInvocation(EvmPrograms.ITERATIONS)
  public Object arithmetic() {
    return arithmetic.run();
  }

  @Benchmark
  @OperationsPerInvocation(EvmPrograms.ITERATIONS)
  public Object keccak() {
    return keccak.run();
  }

  @Benchmark
  @OperationsPerInvocation(EvmPrograms.ITERATIONS)
  public Object storage() {
    return storage.run();
  }

  @Benchmark
  public Object tokenTransfer() {
    return transfer.run();
  }

  @Benchmark
  @OperationsPerInvocation(EvmPrograms.ITERATIONS)
  public Object memory() {
    return memory.run();
  }

  @Benchmark
  @OperationsPerInvocation(EvmPrograms.ITERATIONS)
  public Object division() {
    return division.run();
  }

  @Benchmark
  @OperationsPerInvocation(EvmPrograms.ITERATIONS)
  public Object call() {
    return call.run();
  }
}
