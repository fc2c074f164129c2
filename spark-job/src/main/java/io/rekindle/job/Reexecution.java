package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.output.TableWriter;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The whole run, from an archive to its verdict. */
public final class Reexecution {
  private static final int MAX_WINDOW_BLOCKS = 512;

  private final String archive;
  private final String chain;
  private Long from;
  private Long to;
  private String strategy = "clusters";
  private long windowGas = 200_000_000;
  private String master;
  private String out;
  private boolean overwrite;
  private Set<Table> tables = EnumSet.allOf(Table.class);

  /**
   * @param archive path of the blocks
   * @param chain name of a public chain, or path of a genesis file
   */
  public Reexecution(String archive, String chain) {
    this.archive = archive;
    this.chain = chain;
  }

  /** Blocks from {@code first} to {@code last}, both included; null for the archive's own. */
  public Reexecution range(Long first, Long last) {
    from = first;
    to = last;
    return this;
  }

  public Reexecution strategy(String name) {
    strategy = name;
    return this;
  }

  public Reexecution windowGas(long gas) {
    windowGas = gas;
    return this;
  }

  /** The Spark master, or null for the one that spark-submit gives, or else all cores here. */
  public Reexecution master(String url) {
    master = url;
    return this;
  }

  /**
   * Where the tables go; null for none.
   *
   * @param replace removes the tables of an earlier run there
   */
  public Reexecution out(String path, boolean replace) {
    out = path;
    overwrite = replace;
    return this;
  }

  /** The tables to write; all by default. */
  public Reexecution tables(Set<Table> wanted) {
    tables = wanted;
    return this;
  }

  public RunReport run() throws IOException {
    try (JavaSparkContext spark = new JavaSparkContext(configuration())) {
      ExecutorCache.clear();
      long start = System.nanoTime();
      BlockSource source = Archives.open(archive, spark.hadoopConfiguration());
      int cores = spark.defaultParallelism();
      RunSettings settings = new RunSettings(strategy, windowGas, MAX_WINDOW_BLOCKS, cores);
      WindowStages stages = new WindowStages(spark);
      boolean dumps = source.kind().equals("dump");
      if (dumps && out != null) {
        throw new IllegalArgumentException(
            "--out: tables of dumps are not written yet, only those of chains from genesis");
      }
      TableWriter writer = out == null ? null : writer(spark, cores);
      RunTotals totals =
          dumps
              ? new BlocksRun(stages, settings, choice()).run(source, range(source))
              : new ChainRun(stages, settings, choice(), genesis())
                  .run(source, chainRange(source), writer);
      return new RunReport(totals, System.nanoTime() - start);
    }
  }

  private TableWriter writer(JavaSparkContext spark, int cores) throws IOException {
    OutputFolder folder = new OutputFolder(out, spark.hadoopConfiguration());
    folder.prepare(overwrite);
    return new TableWriter(spark, folder, tables, cores);
  }

  private BlockRange range(BlockSource source) {
    List<BlockRange> ranges = source.ranges();
    long first = from == null ? ranges.get(0).first() : from;
    long last = to == null ? ranges.get(ranges.size() - 1).last() : to;
    return new BlockRange(first, last);
  }

  /** Without block 0, which is the genesis itself. */
  private BlockRange chainRange(BlockSource source) {
    BlockRange range = range(source);
    return new BlockRange(Math.max(1, range.first()), range.last());
  }

  private boolean isFile() {
    return chain.contains("/") || chain.endsWith(".json");
  }

  private ChainChoice choice() throws IOException {
    return new ChainChoice(
        isFile() ? Files.readString(Path.of(chain), StandardCharsets.UTF_8) : chain);
  }

  private Genesis genesis() throws IOException {
    if (!isFile()) {
      throw new IllegalArgumentException(
          "--chain " + chain + ": a chain that starts from genesis needs its genesis file");
    }
    return Genesis.read(Path.of(chain));
  }

  private SparkConf configuration() {
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.app.name", "Rekindle")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", KryoClasses.class.getName());
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.driver.host", "localhost");
    }
    return conf;
  }
}
