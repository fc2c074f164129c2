package io.rekindle.benchmarks;

import io.rekindle.conformance.FixtureException;
import io.rekindle.conformance.Selection;
import io.rekindle.conformance.TestChain;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockProcessor.StateRoots;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Executes every block of blockchain tests on one thread and prints each with its gas and speed,
 * the slowest first. Meant for tests whose blocks are built to be slow: a program that runs at far
 * fewer gas a second than others is a way to attack.
 *
 * <p>Takes the path of a file, folder or zip of tests and, optionally, a regular expression of the
 * names wanted. A block is executed until it has taken a second, at least three times; what counts
 * is the fastest. Senders are known before. Measured is a block's execution and the check of what
 * its header claims but for the state root, which the state's store computes, by the thread's CPU
 * time.
 */
public final class BlockReport {
  private static final long ENOUGH_NANOS = 1_000_000_000L;
  private static final int LEAST_RUNS = 3;

  /** A block's best time. */
  private record Line(String name, long gas, long nanos) {
    double millionGasPerSecond() {
      return gas * 1e3 / nanos;
    }
  }

  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
  private final UnitExecutor executor = new UnitExecutor(new Interpreter());
  private final List<Line> lines = new ArrayList<>();

  private BlockReport() {}

  public static void main(String[] args) {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: BlockReport PATH [REGEX]");
      System.exit(2);
    }
    Selection selection =
        args.length == 1 ? Selection.ALL : new Selection(Pattern.compile(args[1]), null);
    BlockReport report = new BlockReport();
    try {
      TestChain.read(List.of(Path.of(args[0])), selection, report::measure);
    } catch (FixtureException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    report.print();
  }

  private void measure(TestChain chain) {
    OverlayState state = chain.allocation();
    Map<Long, Hash> hashes = new HashMap<>();
    Block parent = chain.genesis();
    for (Block block : chain.blocks()) {
      hashes.put(parent.header().number(), parent.header().hash());
      state = measure(chain, block, hashes, state);
      parent = block;
    }
  }

  /** Adds the block's line; the state after it. */
  private OverlayState measure(
      TestChain chain, Block block, Map<Long, Hash> hashes, OverlayState before) {
    String name = chain.name() + " block " + block.header().number();
    BlockProcessor processor = new BlockProcessor(executor, chain.spec(), StateRoots.UNKNOWN);
    Fork fork = chain.spec().forkAt(block.header().number(), block.header().timestamp());
    List<Address> senders = block.transactions().stream().map(Senders::recover).toList();
    OverlayState after = before;
    long best = Long.MAX_VALUE;
    long spent = 0;
    for (int run = 0; run < LEAST_RUNS || spent < ENOUGH_NANOS; run++) {
      after = new OverlayState(before);
      long start = clock.getCurrentThreadCpuTime();
      BlockResult result = processor.execute(block, fork, senders, ancestors(hashes), after);
      long nanos = clock.getCurrentThreadCpuTime() - start;
      if (!result.valid()) {
        throw new FixtureException(name + ": not valid: " + result.failures().get(0));
      }
      best = Math.min(best, nanos);
      spent += nanos;
    }
    lines.add(new Line(name, block.header().gasUsed(), best));
    return after;
  }

  private static AncestorHashes ancestors(Map<Long, Hash> hashes) {
    return number -> {
      Hash hash = hashes.get(number);
      if (hash == null) {
        throw new MissingStateException("hash of block " + number);
      }
      return hash;
    };
  }

  private void print() {
    System.out.printf("%9s %13s %10s  %s%n", "Mgas/s", "gas", "ms", "block");
    lines.stream()
        .sorted(Comparator.comparingDouble(Line::millionGasPerSecond))
        .forEach(
            line ->
                System.out.printf(
                    Locale.ROOT,
                    "%9.1f %,13d %10.3f  %s%n",
                    line.millionGasPerSecond(),
                    line.gas(),
                    line.nanos() / 1e6,
                    line.name()));
  }
}
