package io.rekindle.benchmarks;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.Precompiles;
import io.rekindle.evm.precompile.bls12381.BlsEngines;
import io.rekindle.evm.word.Address;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Calls the precompiles whose work is not a matter of bytes with inputs that are slow for their
 * price ({@link PrecompileInputs}) and prints each with gas, time and speed, the slowest first. The
 * gas is the precompile's own; a program pays at least 100 more for each call.
 *
 * <p>Takes, optionally, a regular expression of the names wanted. What counts is the fastest of
 * several rounds, by the thread's CPU time.
 */
public final class PrecompileReport {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 60_000_000L;

  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();

  /** A fork's precompile and an input. */
  record Call(Fork fork, int address, byte[] input) {
    Precompile precompile() {
      return Precompiles.of(fork).at(Address.of(0, 0, address));
    }
  }

  private record Line(String name, long gas, double nanos) {
    double millionGasPerSecond() {
      return gas * 1e3 / nanos;
    }
  }

  private PrecompileReport() {}

  public static void main(String[] args) {
    Pattern wanted = Pattern.compile(args.length == 0 ? "" : args[0]);
    PrecompileReport report = new PrecompileReport();
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<String, Call> call : PrecompileInputs.all().entrySet()) {
      if (wanted.matcher(call.getKey()).find()) {
        lines.add(report.measure(call.getKey(), call.getValue()));
      }
    }
    System.out.println("BLS12-381 by " + BlsEngines.nameInUse());
    System.out.printf("%9s %10s %10s  %s%n", "Mgas/s", "gas", "us", "call");
    lines.stream()
        .sorted(Comparator.comparingDouble(Line::millionGasPerSecond))
        .forEach(
            line ->
                System.out.printf(
                    Locale.ROOT,
                    "%9.1f %,10d %10.2f  %s%n",
                    line.millionGasPerSecond(),
                    line.gas(),
                    line.nanos() / 1e3,
                    line.name()));
  }

  private Line measure(String name, Call call) {
    Precompile precompile = call.precompile();
    if (precompile.run(call.input()) == null) {
      throw new IllegalStateException(name + ": the input is refused");
    }
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = clock.getCurrentThreadCpuTime();
      long nanos = 0;
      int runs = 0;
      while (nanos < ROUND_NANOS) {
        precompile.run(call.input());
        runs++;
        nanos = clock.getCurrentThreadCpuTime() - start;
      }
      best = Math.min(best, (double) nanos / runs);
    }
    return new Line(name, precompile.gas(call.input()), best);
  }
}
