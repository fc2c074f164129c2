package io.rekindle.benchmarks;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.job.Reexecution;
import io.rekindle.job.RunReport;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.NioLocalFileSystem;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.GenesisState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What the job costs beyond the work that nobody can spare: the CPU time of a whole job over that
 * of {@link BareThreads} over the same blocks, in one JVM, turn about, after both were warmed up.
 * The time of the JVM's compilers is left out of both, that of its collector is not. Start-up is
 * what the same job takes for the first block alone, and is taken off.
 */
public final class JobCpuReport {
  private static final int WARM_UPS = 2;
  private static final String PASS = "pass-";

  /** Units to a file of bare threads while nobody knows how many there are in all. */
  private static final int FIRST_FILES = 5_000;

  private final String archive;
  private final String chain;
  private final BlockRange range;
  private final BareThreads bare;
  private final Path scratch;

  private int passes;

  /** Units to a file of bare threads: as many as a file of the job has. */
  private int unitsPerFile = FIRST_FILES;

  private JobCpuReport(String archive, String chain, Path scratch) throws IOException {
    this.archive = archive;
    this.chain = chain;
    this.scratch = scratch;
    Configuration hadoop = new Configuration();
    // Hadoop keeps the first file system for all: that of the job.
    hadoop.set("fs.file.impl", NioLocalFileSystem.class.getName());
    BlockSource source = Archives.open(archive, hadoop);
    List<BlockRange> ranges = source.ranges();
    long last = ranges.get(ranges.size() - 1).last();
    boolean alone = source.kind().equals("dump");
    this.range = new BlockRange(alone ? ranges.get(0).first() : 1, last);
    BareFiles files;
    try (SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "localhost")
            .getOrCreate()) {
      files = new BareFiles(session);
    }
    Genesis genesis = alone ? null : Genesis.read(Path.of(chain));
    this.bare =
        new BareThreads(
            source,
            range,
            alone ? ChainSpec.ofName(chain) : genesis.spec(),
            alone ? null : state(genesis),
            alone ? List.of() : List.of(encoded(genesis)),
            files);
  }

  private static byte[] encoded(Genesis genesis) {
    return new Block(genesis.header(), List.of(), List.of(), null).encoded();
  }

  private static Snapshot state(Genesis genesis) {
    SnapshotBuilder state = new SnapshotBuilder(Unlisted.ABSENT);
    GenesisState.writeTo(genesis, state);
    return state.build();
  }

  /**
   * Arguments: the archive, the chain or its genesis file, pairs to measure (5), passes to warm up
   * (2).
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("usage: JobCpuReport ARCHIVE CHAIN [PAIRS [WARM_UPS]]");
      System.exit(2);
    }
    Path scratch = Files.createTempDirectory("job-cpu");
    try {
      new JobCpuReport(args[0], args[1], scratch)
          .run(
              args.length > 2 ? Integer.parseInt(args[2]) : 5,
              args.length > 3 ? Integer.parseInt(args[3]) : WARM_UPS);
    } finally {
      delete(scratch);
    }
  }

  /** CPU seconds of one piece of work, by purpose of the thread. */
  private record Cost(Map<String, Double> seconds) {
    static Cost of(Runnable work) {
      System.gc();
      try (ThreadTimes times = new ThreadTimes()) {
        work.run();
        Map<String, Double> seconds = new TreeMap<>();
        times.nanos().forEach((purpose, nanos) -> seconds.put(purpose, nanos / 1e9));
        return new Cost(seconds);
      }
    }

    double compiler() {
      return seconds.getOrDefault("compiler", 0.0);
    }

    /** All but that of the JVM's compilers. */
    double total() {
      return seconds.values().stream().mapToDouble(Double::doubleValue).sum() - compiler();
    }

    String text() {
      StringBuilder text = new StringBuilder();
      seconds.forEach((purpose, s) -> text.append(String.format("  %s %.2f", purpose, s)));
      return text.toString();
    }
  }

  private void run(int pairs, int warmUps) {
    for (int i = 0; i < warmUps; i++) {
      job(range);
      Path job = scratch.resolve(PASS + passes);
      unitsPerFile = unitsPerFile(job, bare().units());
    }
    System.out.printf("files of %d units or a little more on bare threads%n", unitsPerFile);
    double[] ratios = new double[pairs];
    double[] whole = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      RunReport[] report = new RunReport[1];
      BareThreads.Times[] times = new BareThreads.Times[1];
      Cost start = Cost.of(() -> job(new BlockRange(range.first(), range.first())));
      Cost job = Cost.of(() -> report[0] = job(range));
      Cost threads = Cost.of(() -> times[0] = bare());
      whole[i] = job.total() / threads.total();
      ratios[i] = (job.total() - start.total()) / threads.total();
      System.out.printf(
          "job %.2f s, of which start-up %.2f; bare %.2f; ratio %.3f, with start-up %.3f%n",
          job.total(), start.total(), threads.total(), ratios[i], whole[i]);
      System.out.println("  job, by thread:" + job.text());
      System.out.println("  job, by phase:" + phases(report[0]));
      System.out.println("  bare, by thread:" + threads.text());
      System.out.printf(
          "  bare, by phase:  decode %.2f  execute %.2f  rows %.2f%n",
          times[0].decode() / 1e9, times[0].execute() / 1e9, times[0].rows() / 1e9);
    }
    Arrays.sort(ratios);
    Arrays.sort(whole);
    System.out.printf(
        "%s of %s: CPU of the job over bare threads %.3f (%.3f to %.3f), with start-up %.3f%n",
        range, archive, ratios[pairs / 2], ratios[0], ratios[pairs - 1], whole[pairs / 2]);
  }

  private static String phases(RunReport report) {
    StringBuilder text = new StringBuilder();
    Map<?, ?> phases = (Map<?, ?>) report.json().get("phase_cpu_seconds");
    phases.forEach((phase, s) -> text.append(String.format("  %s %.2f", phase, (Double) s)));
    return text.toString();
  }

  /**
   * A folder of its own for each pass. The file system may look longer for a place where files were
   * deleted just before.
   */
  private Path folder() {
    return scratch.resolve(PASS + ++passes);
  }

  private RunReport job(BlockRange blocks) {
    try {
      RunReport report =
          new Reexecution(archive, chain)
              .range(blocks.first(), blocks.last())
              .master("local[2]")
              .out(folder().toString(), false)
              .run();
      if (!report.passed()) {
        throw new IllegalStateException(report.text());
      }
      return report;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BareThreads.Times bare() {
    return bare.pass(folder(), unitsPerFile);
  }

  /**
   * Units of a file, were all files of a job as large.
   *
   * @param units of the job
   */
  private static int unitsPerFile(Path job, int units) {
    try (Stream<Path> all = Files.walk(job.resolve("blocks"))) {
      long files = all.filter(file -> file.toString().endsWith(".parquet")).count();
      return (int) ((units + files - 1) / files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(files::add);
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
