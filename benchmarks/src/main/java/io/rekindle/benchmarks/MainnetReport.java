package io.rekindle.benchmarks;

import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitExecutor.Recording;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How fast real blocks of mainnet are executed on one thread: warm, senders known, the state in
 * memory. Every round executes every block with and without recording what it reads, turn about, so
 * that both meet the same machine; the CPU time of the thread is counted, which other processes
 * disturb least. A figure is the median of its rounds.
 */
public final class MainnetReport {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<MainnetBlock> blocks;
  private final UnitExecutor recording = executor(Recording.READS_AND_WRITES);
  private final UnitExecutor plain = executor(Recording.WRITES);

  private MainnetReport(List<MainnetBlock> blocks) {
    this.blocks = blocks;
  }

  private static UnitExecutor executor(Recording recording) {
    return new UnitExecutor(new Interpreter(), Senders::authority, recording);
  }

  /** Arguments: the folder of the blocks, seconds to warm up (30), rounds to measure (20). */
  public static void main(String[] args) throws IOException {
    if (args.length == 0 || !Files.isDirectory(Path.of(args[0]))) {
      System.err.println("usage: MainnetReport FOLDER [WARM_UP_SECONDS [ROUNDS]]");
      System.exit(2);
    }
    MainnetReport report = new MainnetReport(MainnetBlock.readAll(Path.of(args[0])));
    report.warmUp(args.length > 1 ? Long.parseLong(args[1]) : 30);
    report.measure(args.length > 2 ? Integer.parseInt(args[2]) : 20);
  }

  private void warmUp(long seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      for (MainnetBlock block : blocks) {
        block.execute(recording);
        block.execute(plain);
      }
    }
  }

  private void measure(int rounds) {
    long[][] recorded = new long[blocks.size()][rounds];
    long[][] unrecorded = new long[blocks.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int block = 0; block < blocks.size(); block++) {
        recorded[block][round] = time(blocks.get(block), recording);
        unrecorded[block][round] = time(blocks.get(block), plain);
      }
    }
    long gas = blocks.stream().mapToLong(MainnetBlock::gas).sum();
    double with = megagas(gas, median(sums(recorded, rounds)));
    double without = megagas(gas, median(sums(unrecorded, rounds)));
    System.out.printf("%-10s %-18s %10s %8s%n", "block", "fork", "gas", "Mgas/s");
    IntStream.range(0, blocks.size())
        .boxed()
        .filter(i -> blocks.get(i).gas() > 0)
        .sorted(Comparator.comparingDouble(i -> speed(i, recorded[i])))
        .forEach(i -> print(blocks.get(i), speed(i, recorded[i])));
    System.out.printf(
        "%d blocks, %.1f Mgas: %.0f Mgas/s with recording, %.0f without; recording costs %.1f %%%n",
        blocks.size(), gas / 1e6, with, without, 100 * (without / with - 1));
  }

  private static void print(MainnetBlock block, double speed) {
    System.out.printf("%-10d %-18s %10d %8.0f%n", block.number(), block.fork(), block.gas(), speed);
  }

  private double speed(int block, long[] times) {
    return megagas(blocks.get(block).gas(), median(times));
  }

  private static long time(MainnetBlock block, UnitExecutor executor) {
    long start = THREADS.getCurrentThreadCpuTime();
    block.execute(executor);
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  /** The time of all blocks in each round. */
  private static long[] sums(long[][] times, int rounds) {
    long[] sums = new long[rounds];
    for (long[] block : times) {
      Arrays.setAll(sums, round -> sums[round] + block[round]);
    }
    return sums;
  }

  private static long median(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double megagas(long gas, long nanos) {
    return gas * 1e3 / nanos;
  }
}
