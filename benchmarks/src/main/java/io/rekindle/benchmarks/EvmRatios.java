package io.rekindle.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The ratios of {@link EvmReport} on a machine that is busy with other work: the CPU time of the
 * thread is counted instead of the wall's, and program and hash take turns, so that both meet the
 * same clock and neighbours. A figure is the median of its turns. Each program runs in a JVM of its
 * own, as JMH has it.
 */
public final class EvmRatios {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final int TURNS = 100;
  private static final int HASHES = 10_000;
  private static final int TRANSFERS = 2_000;

  /** What ran last gave this; kept so that the compiler cannot leave the work out. */
  private Object last;

  private EvmRatios() {}

  /** Without arguments all programs; else the one that is named, in this JVM. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 1 && EvmReport.TARGETS.containsKey(args[0])) {
      new EvmRatios().measure(args[0]);
    } else if (args.length > 0) {
      System.err.println("usage: EvmRatios [" + String.join("|", EvmReport.TARGETS.keySet()) + "]");
      System.exit(2);
    } else {
      System.out.printf("%-14s %8s %8s%n", "program", "ratio", "at most");
      for (String program : EvmReport.TARGETS.keySet()) {
        runApart(program);
      }
    }
  }

  private static void runApart(String program) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    int exit =
        new ProcessBuilder(java, "-Xmx1g", "-cp", classPath, EvmRatios.class.getName(), program)
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(program + " ended with " + exit);
    }
  }

  private static Map<String, Supplier<Object>> programs(EvmBenchmark benchmark) {
    Map<String, Supplier<Object>> programs = new LinkedHashMap<>();
    programs.put("arithmetic", benchmark::arithmetic);
    programs.put("keccak", benchmark::keccak);
    programs.put("storage", benchmark::storage);
    programs.put("tokenTransfer", benchmark::tokenTransfer);
    programs.put("memory", benchmark::memory);
    programs.put("division", benchmark::division);
    programs.put("call", benchmark::call);
    return programs;
  }

  private void measure(String name) {
    EvmBenchmark benchmark = new EvmBenchmark();
    Supplier<Object> program = programs(benchmark).get(name);
    boolean isLoop = !name.equals("tokenTransfer");
    int runs = isLoop ? 2 : TRANSFERS;
    double iterations = runs * (isLoop ? (double) EvmPrograms.ITERATIONS : 1);
    long end = THREADS.getCurrentThreadCpuTime() + WARM_UP_NANOS;
    while (THREADS.getCurrentThreadCpuTime() < end) {
      time(program, runs);
      time(benchmark::unitHash, HASHES);
    }
    double[] ratios = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      double hash = time(benchmark::unitHash, HASHES) / (double) HASHES;
      ratios[turn] = time(program, runs) / iterations / hash;
    }
    if (last == null) {
      throw new IllegalStateException(name + " gave no result");
    }
    Arrays.sort(ratios);
    System.out.printf("%-14s %8.3f %8.2f%n", name, ratios[TURNS / 2], EvmReport.TARGETS.get(name));
  }

  private long time(Supplier<Object> program, int runs) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int run = 0; run < runs; run++) {
      last = program.get();
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
