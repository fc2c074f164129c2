package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.FileFacts;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.GroupWriter;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.output.RunIdentity;
import io.rekindle.job.output.TableWriter;
import io.rekindle.job.table.BlockRows;
import io.rekindle.job.table.Table;
import io.rekindle.snapshot.Snapshot;
import java.io.IOException;
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
  private String state;
  private boolean strict;
  private StateInput given;

  /** Whether each block brings the state that it starts from. */
  private boolean alone;

  private String out;
  private boolean overwrite;
  private int groupBlocks = GroupWriter.GROUP_BLOCKS;
  private OnMismatch onMismatch = OnMismatch.STOP;
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
    windowGas = atLeastOne("--window-gas", gas);
    return this;
  }

  /** The Spark master, or null for the one that spark-submit gives, or else all cores here. */
  public Reexecution master(String url) {
    master = url;
    return this;
  }

  /**
   * The state to start from: a genesis file, a dump of geth's, a state store, a folder of
   * prestates, or execution witnesses; null for the prestates in the archive, or else the chain's
   * genesis.
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
    groupBlocks = (int) atLeastOne("--group-blocks", blocks);
    return this;
  }

  public Reexecution onMismatch(OnMismatch policy) {
    onMismatch = policy;
    return this;
  }

  /** The tables to write; all by default. */
  public Reexecution tables(Set<Table> wanted) {
    tables = wanted;
    return this;
  }

  private static long atLeastOne(String option, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + ": at least 1, not " + value);
    }
    return value;
  }

  public RunReport run() throws IOException {
    try (JavaSparkContext spark = new JavaSparkContext(configuration())) {
      ExecutorCache.clear();
      long start = System.nanoTime();
      given = state == null ? null : StateInput.read(state, spark.hadoopConfiguration());
      BlockSource blocks = Archives.open(archive, spark.hadoopConfiguration());
      BlockSource source =
          given instanceof StateInput.OfBlocks each ? each.folder().join(blocks) : blocks;
      alone = startAlone(source);
      BlockRange range = range(source);
      RunTotals totals = new RunTotals();
      if (!source.kind().equals("dump")) {
        source.facts().stream()
            .map(FileFacts::note)
            .filter(Objects::nonNull)
            .forEach(totals.notes::add);
      }
      if (out == null) {
        execute(spark, source, range, totals, null, null);
        return new RunReport(totals, null, range, System.nanoTime() - start);
      }
      OutputFolder folder = new OutputFolder(out, spark.hadoopConfiguration());
      folder.open(identity(source, range), overwrite);
      TableWriter writer = new TableWriter(spark, folder, tables, spark.defaultParallelism());
      RunOutput output = new RunOutput(folder, new GroupWriter(folder, writer, groupBlocks), range);
      try {
        output.starts();
        continueRun(spark, source, range, totals, folder, output);
        RunReport report = new RunReport(totals, output, range, System.nanoTime() - start);
        output.ends(totals, report.passed());
        return report;
      } catch (IOException | RuntimeException e) {
        output.breaksOff(totals, e);
        throw e;
      }
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
    RunSettings settings =
        new RunSettings(
            strategy, windowGas, MAX_WINDOW_BLOCKS, spark.defaultParallelism(), onMismatch);
    WindowStages stages = new WindowStages(spark);
    if (alone) {
      new BlocksRun(stages, settings, choice(), witnesses(), strict, totals, output)
          .run(source, range);
      return;
    }
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
    new ChainRun(stages, settings, choice(), start, roots).run(source, range, totals, output);
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
    values.put("format", OutputFolder.FORMAT);
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
        isFile() ? Files.readString(Path.of(chain), StandardCharsets.UTF_8) : chain);
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
