package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.FileFacts;
import io.rekindle.job.output.FileKind;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.GroupWriter;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.output.RunIdentity;
import io.rekindle.job.output.TableWriter;
import io.rekindle.job.table.BlockRows;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.snapshot.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
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
  private String master;
  private String state;
  private boolean strict;
  private StateInput given;

  /** Whether each block brings the state that it starts from. */
  private boolean alone;

  private String out;
  private boolean overwrite;
  private int groupBlocks = GroupWriter.GROUP_BLOCKS;
  private OnMismatch onMismatch = OnMismatch.STOP;
  private String engine = Engines.DEFAULT;
  private boolean verify;
  private String report;
  private FileKind format = FileKind.PARQUET;
  private Encoding encoding = Encoding.HEX;
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

  /** The tables to write; all by default. */
  public Reexecution tables(Set<Table> wanted) {
    tables = wanted;
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
    if (groupBlocks < 1) {
      throw new IllegalArgumentException("--group-blocks must be at least 1, not " + groupBlocks);
    }
    if ((from != null && from < 0) || (to != null && to < 0)) {
      throw new IllegalArgumentException("--from and --to are block numbers, not below 0");
    }
    if (from != null && to != null && from > to) {
      throw new IllegalArgumentException("--from " + from + " is after --to " + to);
    }
    if (out == null && verify) {
      throw new IllegalArgumentException("--verify reads tables: name their folder with --out");
    }
  }

  /** Says what {@link #run} would do, and changes nothing. */
  public DryRun dryRun() throws IOException {
    checkOptions();
    try (JavaSparkContext spark = SparkSettings.context(master)) {
      BlockSource source = open(spark);
      BlockRange range = range(source);
      String output = out;
      long start = range.first();
      if (out != null) {
        GroupManifest last = new OutputFolder(out, spark.hadoopConfiguration()).peek();
        if (last != null && !overwrite) {
          start = last.lastBlock() + 1;
          output += ", continued after block " + last.lastBlock();
        } else {
          output += last == null ? ", new" : ", replaced";
        }
      }
      boolean continues = start > range.first();
      String text =
          continues
              ? "as the tables keep it after block " + (start - 1)
              : given instanceof StateInput.Complete
                  ? "complete, as --state has it"
                  : "genesis, which is the state before block 1";
      boolean covers = continues || given instanceof StateInput.Complete || range.first() == 1;
      if (!alone && !continues && (given == null || given instanceof StateInput.OfSidecars)) {
        genesis();
      }
      return new DryRun(
          source,
          new BlockRange(start, range.last()),
          alone ? null : text,
          covers,
          output,
          settings(spark));
    }
  }

  /** Opens the archive and the state, and finds out how they fit. */
  private BlockSource open(JavaSparkContext spark) throws IOException {
    given = state == null ? null : StateInput.read(state, spark.hadoopConfiguration());
    BlockSource blocks = Archives.open(archive, spark.hadoopConfiguration());
    BlockSource source =
        given instanceof StateInput.OfBlocks each ? each.folder().join(blocks) : blocks;
    alone = startAlone(source);
    return source;
  }

  private RunSettings settings(JavaSparkContext spark) {
    String usual =
        given instanceof StateInput.OfSidecars ? Partitioner.VERSIONED : Partitioner.DEFAULT;
    String chosen = strategy == null ? usual : strategy;
    return new RunSettings(chosen, windowGas, windowBlocks, spark.defaultParallelism(), onMismatch);
  }

  /** The format of the tables' files, and how hashes, addresses and bytes stand in them. */
  public Reexecution files(FileKind kind, Encoding hashes) {
    format = kind;
    encoding = hashes;
    return this;
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
      BlockSource source = open(spark);
      range = range(source);
      noteUnchecked(source, totals);
      output = run(spark, source, range, totals);
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
    write(found, hadoop);
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
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(report == null ? out + "/report.html" : report);
    try (OutputStream page = file.getFileSystem(hadoop).create(file, true)) {
      page.write(HtmlReport.of(found).getBytes(StandardCharsets.UTF_8));
    }
    found.writtenTo(file.toString());
  }

  /** Runs; gives what it wrote to, or null. */
  private RunOutput run(
      JavaSparkContext spark, BlockSource source, BlockRange range, RunTotals totals)
      throws IOException {
    if (out == null) {
      execute(spark, source, range, totals, null, null);
      return null;
    }
    OutputFolder folder = new OutputFolder(out, spark.hadoopConfiguration());
    if (given instanceof StateInput.OfSidecars earlier
        && earlier.folder().toString().equals(folder.toString())) {
      throw new IllegalArgumentException("--out and --state are the same folder, " + folder);
    }
    folder.open(identity(source, range), overwrite);
    TableWriter writer = new TableWriter(spark, folder, tables, spark.defaultParallelism());
    RunOutput output = new RunOutput(folder, new GroupWriter(folder, writer, groupBlocks), range);
    try {
      output.starts();
      continueRun(spark, source, range, totals, folder, output);
      if (verify) {
        output.check(SparkSession.builder().getOrCreate());
      }
      output.ends(totals);
      return output;
    } catch (IOException | RuntimeException e) {
      output.breaksOff(totals, e);
      throw e;
    }
  }

  private void continueRun(
      JavaSparkContext spark,
      BlockSource source,
      BlockRange range,
      RunTotals totals,
      OutputFolder folder,
      RunOutput output)
      throws IOException {
    GroupManifest last = folder.last();
    if (last == null) {
      execute(spark, source, range, totals, null, output);
      return;
    }
    if (last.lastBlock() > range.last()) {
      throw new IllegalArgumentException(
          "--out "
              + folder
              + " holds blocks up to "
              + last.lastBlock()
              + ", beyond "
              + range.last());
    }
    Hash hash = hashOf(source, last.lastBlock());
    if (!last.lastHash().equals(hash.toString())) {
      throw new IllegalArgumentException(
          "--out "
              + folder
              + " holds another chain: its block "
              + last.lastBlock()
              + " has hash "
              + last.lastHash()
              + ", that of the archive "
              + hash);
    }
    if (last.lastBlock() < range.last() && !last.ends()) {
      Snapshot state =
          last.checkpoint().isEmpty() ? null : folder.checkpoints().read(last.checkpoint());
      BlockRange left = new BlockRange(last.lastBlock() + 1, range.last());
      execute(spark, source, left, totals, new Reached(last, state), output);
    }
  }

  /** Where an earlier run got to. */
  private record Reached(GroupManifest last, Snapshot state) {}

  private void execute(
      JavaSparkContext spark,
      BlockSource source,
      BlockRange range,
      RunTotals totals,
      Reached reached,
      RunOutput output)
      throws IOException {
    WindowStages stages = new WindowStages(spark);
    long blocks = source.ranges().stream().mapToLong(held -> held.countWithin(range)).sum();
    Progress progress = new Progress(totals, blocks, System.err);
    try {
      if (alone) {
        new BlocksRun(stages, settings(spark), choice(), witnesses(), strict, totals, output)
            .run(source, range);
      } else {
        executeChain(stages, settings(spark), source, range, totals, reached, output);
      }
    } finally {
      progress.close();
    }
  }

  private void executeChain(
      WindowStages stages,
      RunSettings settings,
      BlockSource source,
      BlockRange range,
      RunTotals totals,
      Reached reached,
      RunOutput output)
      throws IOException {
    ChainStart start = start(source, range, reached);
    StateRoots roots = new StateRoots(start.state());
    if (reached == null && given instanceof StateInput.Complete complete) {
      complete.check(roots.root(), start.claimedRoot(), start.number());
    }
    if (reached != null && !roots.root().toString().equals(reached.last().stateRoot())) {
      throw new IOException(
          "the state that --out keeps after block "
              + start.number()
              + " has root "
              + roots.root()
              + ", not "
              + reached.last().stateRoot()
              + ": it was altered");
    }
    new ChainRun(stages, settings, choice(), start, roots, sidecars())
        .run(source, range, totals, output);
  }

  private SidecarTable sidecars() throws IOException {
    return given instanceof StateInput.OfSidecars earlier
        ? SidecarTable.open(earlier.path(), earlier.folder(), SparkSession.builder().getOrCreate())
        : null;
  }

  private ChainStart start(BlockSource source, BlockRange range, Reached reached)
      throws IOException {
    if (reached == null && given instanceof StateInput.Complete complete) {
      return ChainStart.before(
          block(source, range.first()), complete.state(), source, knownGenesis());
    }
    if (reached == null) {
      return ChainStart.ofGenesis(genesis());
    }
    GroupManifest last = reached.last();
    return ChainStart.after(
        last.lastBlock(), Hash.ofHex(last.lastHash()), reached.state(), source, knownGenesis());
  }

  /** What decides the rows: a run with another one may not add to a folder. */
  private RunIdentity identity(BlockSource source, BlockRange range) throws IOException {
    long first = firstOf(source, range);
    Map<String, String> values = new TreeMap<>();
    values.put("layout", "1");
    values.put(
        "chain",
        isFile() ? "genesis file " + Keccak256.hash(Files.readAllBytes(Path.of(chain))) : chain);
    values.put("state", stateIdentity());
    values.put("first block", first + " " + hashOf(source, first));
    values.put(
        "tables", tables.stream().map(Table::tableName).sorted().collect(Collectors.joining(",")));
    values.put(OutputFolder.FORMAT_OPTION, format.toString());
    values.put(OutputFolder.ENCODING_OPTION, encoding.toString());
    values.put("block range", Long.toString(BlockRows.RANGE));
    return RunIdentity.of(values);
  }

  private Map<Long, ArchiveFile> witnesses() {
    return given instanceof StateInput.OfWitnesses proven ? proven.files() : null;
  }

  private String stateIdentity() {
    if (alone) {
      return "of each block";
    }
    return given instanceof StateInput.Complete complete
        ? "root " + complete.root()
        : "from genesis";
  }

  private static Hash hashOf(BlockSource source, long number) {
    return block(source, number).hash();
  }

  private static ArchivedBlock block(BlockSource source, long number) {
    return source.splits(new BlockRange(number, number), 1).stream()
        .map(split -> split.read().next())
        .findFirst()
        .orElseThrow(
            () -> new ArchiveException("block " + number, "", "the archive does not hold it"));
  }

  private boolean startAlone(BlockSource source) {
    if (given != null) {
      return given instanceof StateInput.OfBlocks || given instanceof StateInput.OfWitnesses;
    }
    return source.kind().equals("dump")
        && source.facts().stream().anyMatch(file -> file.parts().contains("prestate"));
  }

  /**
   * The blocks that are asked for; of a chain without block 0, which is the genesis itself.
   *
   * @throws IllegalArgumentException where there are none
   */
  private BlockRange range(BlockSource source) {
    List<BlockRange> ranges = source.ranges();
    long first = from == null ? Math.max(ranges.get(0).first(), firstAfterState()) : from;
    long last = to == null ? ranges.get(ranges.size() - 1).last() : to;
    if (first > last) {
      throw new IllegalArgumentException(
          "no blocks from "
              + first
              + " to "
              + last
              + ": --from is after --to, or after the archive");
    }
    BlockRange range = new BlockRange(alone ? first : Math.max(1, first), last);
    firstOf(source, range);
    if (firstAfterState() > 0 && range.first() != firstAfterState()) {
      throw new IllegalArgumentException(
          "--state is the one after block "
              + (firstAfterState() - 1)
              + ", but the first block to execute is "
              + range.first());
    }
    return range;
  }

  /** The block that follows the given state; 0 where it does not say. */
  private long firstAfterState() {
    return given instanceof StateInput.Complete complete && complete.number() != null
        ? complete.number() + 1
        : 0;
  }

  /** The first block of the range that the archive holds. */
  private long firstOf(BlockSource source, BlockRange range) {
    return source.ranges().stream()
        .filter(held -> held.first() <= range.last() && held.last() >= range.first())
        .mapToLong(held -> Math.max(held.first(), range.first()))
        .findFirst()
        .orElseThrow(() -> new ArchiveException(archive, "", "it holds none of " + range));
  }

  private boolean isFile() {
    return chain.contains("/") || chain.endsWith(".json");
  }

  private ChainChoice choice() throws IOException {
    return new ChainChoice(
        isFile() ? Files.readString(Path.of(chain), StandardCharsets.UTF_8) : chain, engine);
  }

  private Genesis genesis() throws IOException {
    Genesis genesis = knownGenesis();
    if (genesis == null) {
      throw new IllegalArgumentException(
          "--chain "
              + chain
              + ": a chain that starts from genesis needs its genesis file, or --state another start");
    }
    return genesis;
  }

  /** Null where neither the chain nor the state is a genesis file. */
  private Genesis knownGenesis() throws IOException {
    if (given instanceof StateInput.OfGenesis start) {
      return start.genesis();
    }
    return isFile() ? Genesis.read(Path.of(chain)) : null;
  }
}
