package io.rekindle.job;

import io.rekindle.evm.engine.Engines;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.FileFacts;
import io.rekindle.job.output.FileKind;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupWriter;
import io.rekindle.job.output.OutputException;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import io.rekindle.partitioner.Partitioner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The whole run, from an archive to its verdict. */
public final class Reexecution {
  private final String archive;
  private final String chain;
  private Long from;
  private Long to;
  private String strategy;
  private long windowGas = 200_000_000;
  private int windowBlocks = 512;
  private Integer windowsAhead;
  private Integer rangesAtOnce;
  private String master;
  private String state;
  private boolean strict;
  private String out;
  private boolean overwrite;
  private int groupBlocks = GroupWriter.GROUP_BLOCKS;
  private OnMismatch onMismatch = OnMismatch.STOP;
  private String engine = Engines.DEFAULT;
  private boolean verify;
  private String report;
  private FileKind format = FileKind.PARQUET;
  private Encoding encoding = Encoding.HEX;
  private Set<Table> tables = Table.byDefault();

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

  /**
   * How units are partitioned, by name; null for {@code versioned} where sidecars tell every unit's
   * start, else {@code clusters}.
   */
  public Reexecution strategy(String name) {
    strategy = name;
    return this;
  }

  public Reexecution windowGas(long gas) {
    windowGas = gas;
    return this;
  }

  /** Blocks after which a window is closed, whatever their gas. */
  public Reexecution windowBlocks(int blocks) {
    windowBlocks = blocks;
    return this;
  }

  /**
   * Windows that may execute beside the one being merged, where sidecars or prestates make them
   * independent; null for what suits the cores.
   */
  public Reexecution windowsAhead(Integer windows) {
    windowsAhead = windows;
    return this;
  }

  /**
   * Ranges that may run side by side where a store has states to start them from; each keeps a
   * state on the driver. Null for what suits the cores.
   */
  public Reexecution rangesAtOnce(Integer ranges) {
    rangesAtOnce = ranges;
    return this;
  }

  /** The Spark master, or null for the one that spark-submit gives, or else all cores here. */
  public Reexecution master(String url) {
    master = url;
    return this;
  }

  /**
   * The state to start from: a genesis file, a dump of geth's, a state store, a folder of
   * prestates, execution witnesses, or the tables of an earlier run, whose sidecars tell the state
   * before every unit of a run that starts where it would without them; null for the prestates in
   * the archive, or else the chain's genesis.
   *
   * @param listedOnly whether a block that reads what its prestate does not list fails
   */
  public Reexecution state(String path, boolean listedOnly) {
    state = path;
    strict = listedOnly;
    return this;
  }

  /**
   * Where the tables go; null for none.
   *
   * @param replace removes the tables of an earlier run there; else it is continued
   */
  public Reexecution out(String path, boolean replace) {
    out = path;
    overwrite = replace;
    return this;
  }

  /** Blocks after which what was verified is committed. */
  public Reexecution groupBlocks(int blocks) {
    groupBlocks = blocks;
    return this;
  }

  public Reexecution onMismatch(OnMismatch policy) {
    onMismatch = policy;
    return this;
  }

  /** The EVM engine, by name. */
  public Reexecution engine(String name) {
    engine = name;
    return this;
  }

  /** Whether the tables are read again at the end, and held against manifests and headers. */
  public Reexecution verify(boolean wanted) {
    verify = wanted;
    return this;
  }

  /** Where the HTML report goes; null for the tables' folder, if there is one. */
  public Reexecution report(String file) {
    report = file;
    return this;
  }

  /** The tables to write; by default {@link Table#byDefault}. */
  public Reexecution tables(Set<Table> wanted) {
    tables = wanted;
    return this;
  }

  /** The format of the tables' files, and how hashes, addresses and bytes stand in them. */
  public Reexecution files(FileKind kind, Encoding hashes) {
    format = kind;
    encoding = hashes;
    return this;
  }

  /**
   * @throws IllegalArgumentException where an option makes no sense
   */
  private void checkOptions() {
    if (strategy != null) {
      Partitioner.byName(strategy);
    }
    Engines.named(engine);
    if (windowGas < 1) {
      throw new IllegalArgumentException("--window-gas must be at least 1, not " + windowGas);
    }
    if (windowBlocks < 1) {
      throw new IllegalArgumentException("--window-blocks must be at least 1, not " + windowBlocks);
    }
    if (windowsAhead != null && (windowsAhead < 0 || windowsAhead > 1000)) {
      throw new IllegalArgumentException("--windows-ahead must be 0 to 1000, not " + windowsAhead);
    }
    if (rangesAtOnce != null && (rangesAtOnce < 1 || rangesAtOnce > 1000)) {
      throw new IllegalArgumentException("--ranges must be 1 to 1000, not " + rangesAtOnce);
    }
    if (groupBlocks < 1) {
      throw new IllegalArgumentException("--group-blocks must be at least 1, not " + groupBlocks);
    }
    inputChoice().check();
    if (out == null && verify) {
      throw new IllegalArgumentException("--verify reads tables: name their folder with --out");
    }
  }

  private InputChoice inputChoice() {
    boolean traced = out != null && tables.contains(Table.TRACES);
    return new InputChoice(archive, chain, engine, traced, state, strict, from, to);
  }

  private OutputChoice outputChoice() {
    return new OutputChoice(out, overwrite, groupBlocks, tables, format, encoding);
  }

  private RunSettings settings(JavaSparkContext spark, RunInput input) {
    String chosen = strategy == null ? input.usualStrategy() : strategy;
    int cores = spark.defaultParallelism();
    int ahead = windowsAhead == null ? RunSettings.usualAhead(cores) : windowsAhead;
    return new RunSettings(chosen, windowGas, windowBlocks, ahead, cores, onMismatch);
  }

  /** Says what {@link #run} would do, and changes nothing. */
  public DryRun dryRun() throws IOException {
    checkOptions();
    try (JavaSparkContext spark = SparkSettings.context(master)) {
      RunInput input = RunInput.open(inputChoice(), spark.hadoopConfiguration());
      BlockRange range = input.range();
      String output = out;
      long start = range.first();
      Counts committed = Counts.NONE;
      if (out != null) {
        List<GroupManifest> groups = outputChoice().groups(spark.hadoopConfiguration());
        for (GroupManifest group : groups) {
          committed = committed.plus(group.counts());
        }
        if (groups.isEmpty() || overwrite) {
          output += groups.isEmpty() ? ", new" : ", replaced";
        } else {
          GroupManifest last = GroupManifest.lastWithoutGap(groups);
          start = last == null ? start : last.lastBlock() + 1;
          output += ", continued after block " + (start - 1);
        }
      }
      boolean continues = start > range.first();
      String text =
          continues
              ? "as the tables keep it after block " + (start - 1)
              : input.isComplete()
                  ? completeInWords(input)
                  : "genesis, which is the state before block 1";
      boolean covers = continues || input.isComplete() || range.first() == 1;
      if (!continues && input.startsAtGenesis()) {
        input.genesis();
      }
      return new DryRun(
          input.source(),
          new BlockRange(start, range.last()),
          input.alone() ? null : text,
          covers,
          output,
          settings(spark, input),
          out == null ? RunTime.withoutTables() : RunTime.by(committed));
    }
  }

  /**
   * Says how the windows of the range would be planned, and what that is worth. Runs without Spark,
   * on this thread, from where the state is known.
   */
  public PlanStudy planStudy(PlanChoice plans) throws IOException {
    checkOptions();
    RunInput input = RunInput.open(inputChoice(), new Configuration());
    RunSettings settings =
        new RunSettings(Partitioner.DEFAULT, windowGas, windowBlocks, 0, plans.cores(), onMismatch);
    input.checkWhole();
    PlanRun run = new PlanRun(input.source(), settings, input.chain(), plans);
    return input.alone()
        ? run.ofBlocks(input.range(), input.witnesses())
        : run.ofChain(input.openChain(input.range(), null).start(), input.range());
  }

  private static String completeInWords(RunInput input) {
    List<RunRange> ranges = input.ranges(input.rangeStarts());
    return ranges.size() == 1
        ? "complete, as --state has it"
        : "complete, as --state has it, for ranges side by side: "
            + ranges.stream().map(one -> one.blocks().toString()).collect(Collectors.joining(", "));
  }

  public RunReport run() throws IOException {
    checkOptions();
    RunTotals totals = new RunTotals();
    TaskTimes times = new TaskTimes();
    final long start = System.nanoTime();
    final long cpuStart = CpuTime.ofProcess();
    RunOutput output;
    BlockRange range;
    boolean local;
    Configuration hadoop;
    try (JavaSparkContext spark = SparkSettings.context(master)) {
      ExecutorCache.clear();
      spark.sc().addSparkListener(times);
      local = SparkSettings.isLocal(spark);
      hadoop = spark.hadoopConfiguration();
      RunInput input = RunInput.open(inputChoice(), hadoop);
      range = input.range();
      noteUnchecked(input.source(), totals);
      output = run(spark, input, totals);
    }
    // Spark has stopped, so that every task was heard of.
    long cpu = CpuTime.ofProcess() - cpuStart + (local ? 0 : times.cpuNanos());
    RunReport found =
        new RunReport(
            totals,
            output,
            range,
            range + " of " + archive,
            System.nanoTime() - start,
            cpu,
            times.phases());
    try {
      write(found, hadoop);
    } catch (IOException | RuntimeException e) {
      // The tables are whole, but who looks at the status alone is to find the exit code there.
      if (output != null) {
        output.breaksOff(totals, e);
      }
      throw e;
    }
    return found;
  }

  /** Names what of the archive's files could not be checked. */
  private static void noteUnchecked(BlockSource source, RunTotals totals) {
    if (!source.kind().equals("dump")) {
      source.facts().stream()
          .map(FileFacts::note)
          .filter(Objects::nonNull)
          .forEach(totals.notes::add);
    }
  }

  private void write(RunReport found, Configuration hadoop) throws IOException {
    if (report == null && (out == null || found.nothingToDo())) {
      return;
    }
    Path file = new Path(report == null ? out + "/report.html" : report);
    try (OutputStream page = file.getFileSystem(hadoop).create(file, true)) {
      page.write(HtmlReport.of(found).getBytes(StandardCharsets.UTF_8));
    } catch (IOException | FSError e) {
      throw OutputException.of(file.toString(), e);
    }
    found.writtenTo(file.toString());
  }

  /** Runs; gives what it wrote to, or null. */
  private RunOutput run(JavaSparkContext spark, RunInput input, RunTotals totals)
      throws IOException {
    input.checkWhole();
    if (out == null) {
      List<RunRange> ranges = input.ranges(input.rangeStarts());
      totals.seams = new Seams(ranges);
      execute(spark, input, ranges, totals, null);
      return null;
    }
    RunOutput output = outputChoice().open(spark, input);
    totals.seams = output.seams();
    try {
      output.starts();
      execute(spark, input, output.ranges(), totals, output);
      totals.notes.addAll(output.waiting());
      if (verify) {
        output.check(SparkSession.builder().getOrCreate());
      }
      output.ends(totals);
      return output;
    } catch (Exception e) {
      // Spark's own is a checked exception that nothing declares.
      output.breaksOff(totals, e);
      throw e;
    }
  }

  private void execute(
      JavaSparkContext spark,
      RunInput input,
      List<RunRange> ranges,
      RunTotals totals,
      RunOutput output)
      throws IOException {
    WindowStages stages = new WindowStages(spark);
    RunSettings settings = settings(spark, input);
    totals.begins();
    Progress progress = new Progress(totals, blocksLeft(input, ranges, output), System.err);
    try {
      if (input.alone()) {
        executeBlocks(stages, settings, input, totals, output);
      } else {
        new RangesRun(stages, settings, input, ranges, totals, output)
            .run(rangesAtOnce == null ? settings.usualRanges() : rangesAtOnce);
      }
    } catch (Exception e) {
      LocalSpace.throwIfFull(e, spark.getConf());
      throw e;
    } finally {
      progress.close();
    }
  }

  private static long blocksLeft(RunInput input, List<RunRange> ranges, RunOutput output) {
    long blocks = 0;
    for (int i = 0; i < ranges.size(); i++) {
      BlockRange left = left(ranges.get(i).blocks(), output == null ? null : output.range(i));
      for (BlockRange held : input.source().ranges()) {
        blocks += left == null ? 0 : held.countWithin(left);
      }
    }
    return blocks;
  }

  private static BlockRange left(BlockRange range, RangeOutput rows) {
    return rows == null ? range : rows.left(range);
  }

  private void executeBlocks(
      WindowStages stages, RunSettings settings, RunInput input, RunTotals totals, RunOutput output)
      throws IOException {
    RangeOutput rows = output == null ? null : output.range(0);
    if (rows != null && rows.last() != null) {
      OutputChoice.checkContinues(rows.last(), input, input.range(), output.place());
    }
    BlockRange left = left(input.range(), rows);
    if (left != null) {
      if (rows != null) {
        rows.open();
      }
      new BlocksRun(stages, settings, input.chain(), input.witnesses(), strict, totals, rows)
          .run(input.source(), left);
    }
  }
}
