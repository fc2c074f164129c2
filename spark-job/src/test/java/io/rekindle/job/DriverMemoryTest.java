package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.TestArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver keeps nothing of a window that is committed. Some hundred windows of a block each run
 * with all tables; what the heap holds after a collection early on and at the end is compared.
 */
class DriverMemoryTest {
  private static final int GROUP = 20;
  private static final int EARLY = 100;
  private static final int LATE = 700;
  private static final int COLLECTIONS = 12;

  /** A window's blocks with the hashes of their ancestors alone are more. */
  private static final long BYTES_PER_WINDOW = 16 << 10;

  /** What Spark remembers of jobs for its pages is full before the first look. */
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.ui.retainedJobs", "20",
          "spark.ui.retainedStages", "20",
          "spark.ui.retainedTasks", "100");

  @TempDir private Path folder;

  private void run(String out) throws IOException {
    Path archive = TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1");
    Path genesis = TestArchives.fixture("genesis/mainnet.json");
    RunReport report =
        new Reexecution(archive.toString(), genesis.toString())
            .range(1L, (long) LATE)
            .windowBlocks(1)
            .groupBlocks(GROUP)
            .master("local[2]")
            .out(folder.resolve(out).toString(), false)
            .run();
    assertTrue(report.passed(), report::text);
  }

  /** The least that the heap holds after collections, since the run goes on between them. */
  private static long heldBytes() throws InterruptedException {
    long held = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      held = Math.min(held, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
      Thread.sleep(50);
    }
    return held;
  }

  @Test
  void whatTheDriverKeepsDoesNotGrowWithTheRange()
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    SPARK.forEach(System::setProperty);
    try {
      Future<?> run =
          thread.submit(
              () -> {
                run("out");
                return null;
              });
      long early = heldAt("out", EARLY, run);
      long late = heldAt("out", LATE - 2 * GROUP, run);
      run.get();
      long perWindow = (late - early) / (LATE - 2 * GROUP - EARLY);
      System.out.printf(
          "the driver's heap after %d windows %,d bytes, after %d %,d: %,d a window%n",
          EARLY, early, LATE - 2 * GROUP, late, perWindow);
      assertTrue(perWindow < BYTES_PER_WINDOW, () -> perWindow + " bytes a window");
    } finally {
      SPARK.keySet().forEach(System::clearProperty);
      thread.shutdownNow();
    }
  }

  /** What the heap holds when the group that ends with a block is committed. */
  private long heldAt(String out, int block, Future<?> run) throws InterruptedException {
    Path group =
        folder.resolve(out).resolve(String.format("_rekindle/group-%012d.json", block / GROUP));
    while (!run.isDone() && !Files.exists(group)) {
      Thread.sleep(20);
    }
    return heldBytes();
  }
}
