package io.rekindle.conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.conformance.FixtureFiles.FixtureFile;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.process.BlockExecution;
import io.rekindle.evm.process.UnitExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs all cases of one format below some paths. Files are shared out to threads; of a file, one
 * test at a time is held in memory.
 */
public final class Suite {
  private static final ObjectMapper MAPPER = mapper();

  private final Supplier<CaseRunner> runners;
  private final Selection selection;
  private final int threads;

  Suite(Supplier<CaseRunner> runners, Selection selection, int threads) {
    this.runners = runners;
    this.selection = selection;
    this.threads = threads;
  }

  /** State tests: a transaction each, with the root of the state after it. */
  public static Suite stateTests(Supplier<EvmEngine> engines, Selection selection, int threads) {
    return new Suite(() -> new StateTest(engines.get()), selection, threads);
  }

  /** Blockchain tests: blocks to import or to reject, with the head and its state at the end. */
  public static Suite blockchainTests(
      Supplier<EvmEngine> engines, Selection selection, int threads) {
    return blocks(() -> BlockExecution.serial(new UnitExecutor(engines.get())), selection, threads);
  }

  /**
   * Blockchain tests whose blocks are executed in partitions and merged.
   *
   * @param strategy that plans the partitions
   */
  public static Suite partitionedBlockchainTests(
      Supplier<EvmEngine> engines, String strategy, Selection selection, int threads) {
    return blocks(() -> new PartitionedExecution(engines, strategy), selection, threads);
  }

  private static Suite blocks(
      Supplier<BlockExecution> executions, Selection selection, int threads) {
    return new Suite(() -> new BlockchainTest(executions.get()), selection, threads);
  }

  /**
   * Runs the cases.
   *
   * @param listener told of each verdict, by one thread at a time
   * @throws FixtureException where a path or a file cannot be read as JSON
   */
  public Tally run(List<Path> paths, Consumer<CaseResult> listener) {
    try (FixtureFiles files = FixtureFiles.find(paths)) {
      Queue<FixtureFile> queue = new ConcurrentLinkedQueue<>(files.largestFirst());
      Counter counter = new Counter(listener);
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          workers.add(pool.submit(() -> work(queue, counter)));
        }
        for (Future<?> worker : workers) {
          await(worker);
        }
      } finally {
        pool.shutdownNow();
      }
      return counter.tally();
    }
  }

  private static void await(Future<?> worker) {
    try {
      worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FixtureException known) {
        throw new FixtureException(known.getMessage(), known);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void work(Queue<FixtureFile> queue, Counter counter) {
    try (CaseRunner runner = runners.get()) {
      for (FixtureFile file = queue.poll(); file != null; file = queue.poll()) {
        runFile(file, runner, counter);
      }
    }
  }

  private void runFile(FixtureFile file, CaseRunner runner, Counter counter) {
    try (InputStream in = file.source().open();
        JsonParser parser = MAPPER.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new FixtureException(file.name() + ": not a JSON object of test cases");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (selection.wants(file.name(), name)) {
          JsonNode test = MAPPER.readTree(parser);
          runTest(file, name, test, runner, counter);
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new FixtureException(file.name() + ": not valid JSON: " + firstLine(e), e);
    }
  }

  private void runTest(
      FixtureFile file, String name, JsonNode test, CaseRunner runner, Counter counter) {
    CaseRunner.Verdicts verdicts =
        (caseName, fork, failure) ->
            counter.add(new CaseResult(file.name(), caseName, fork, failure));
    try {
      runner.run(name, test, selection, verdicts);
    } catch (FixtureException e) {
      verdicts.add(name, "?", "not a case of this format: " + e.getMessage());
    }
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
    return mapper;
  }

  /** Counts verdicts and hands them on. */
  private static final class Counter {
    private final Consumer<CaseResult> listener;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Counter(Consumer<CaseResult> listener) {
      this.listener = listener;
    }

    void add(CaseResult result) {
      (result.passed() ? passed : failed).incrementAndGet();
      synchronized (listener) {
        listener.accept(result);
      }
    }

    Tally tally() {
      return new Tally(passed.get(), failed.get());
    }
  }
}
