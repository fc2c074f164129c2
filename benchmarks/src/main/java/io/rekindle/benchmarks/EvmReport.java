package io.rekindle.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link EvmBenchmark} with JMH's allocation profiler and prints each program's time as a
 * ratio to the unit hash of the same run, beside its target. Takes JMH's options.
 */
public final class EvmReport {
  private static final String UNIT = "unitHash";

  /** The highest ratio that is asked for, by program. */
  static final Map<String, Double> TARGETS = targets();

  private EvmReport() {}

  private static Map<String, Double> targets() {
    Map<String, Double> targets = new LinkedHashMap<>();
    targets.put("arithmetic", 0.25);
    targets.put("keccak", 1.15);
    targets.put("storage", 2.5);
    targets.put("tokenTransfer", 6.0);
    targets.put("memory", 0.5);
    targets.put("division", 1.2);
    targets.put("call", 0.7);
    return targets;
  }

  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(args))
            .include(EvmBenchmark.class.getName() + ".*")
            .addProfiler(GCProfiler.class)
            .build();
    System.out.print(table(new Runner(options).run()));
  }

  private static String table(Collection<RunResult> results) {
    Map<String, RunResult> byName = new LinkedHashMap<>();
    for (RunResult result : results) {
      byName.put(result.getPrimaryResult().getLabel(), result);
    }
    double unit = byName.get(UNIT).getPrimaryResult().getScore();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format("%nunit: one Keccak-256 of 32 bytes by BouncyCastle, %.0f ns%n", unit));
    text.append(
        String.format("%-14s %10s %8s %8s %10s%n", "program", "ns", "ratio", "at most", "B"));
    TARGETS.forEach(
        (name, target) -> {
          double time = byName.get(name).getPrimaryResult().getScore();
          Result<?> allocated = byName.get(name).getSecondaryResults().get("gc.alloc.rate.norm");
          text.append(
              String.format(
                  "%-14s %10.1f %8.3f %8.2f %10.3f%n",
                  name, time, time / unit, target, allocated.getScore()));
        });
    return text.toString();
  }
}
