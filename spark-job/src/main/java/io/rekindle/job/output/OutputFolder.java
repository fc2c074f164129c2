package io.rekindle.job.output;

import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.Failure;
import io.rekindle.job.output.GroupManifest.TableFiles;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The folder of a run's tables, on any Hadoop file system.
 *
 * <pre>
 *   _status.json                        how far the run is, for people and schedulers
 *   _rekindle/run.json                  what decides the rows, written first
 *   _rekindle/ranges.json               where ranges start that run side by side
 *   _rekindle/group-000000000001.json   what a group holds; written last, by a rename
 *   _rekindle/dependencies-000000000001 what later units may depend on
 *   _rekindle/open-reads-000001000001-* what a group waits for the ranges before to answer
 *   _rekindle/seam-000001000001-*.json  the rows that answer it
 *   _rekindle/state/                    the state after the last group
 *   transactions/group=1-5e0c71aa/block_range=0/part-*.parquet
 * </pre>
 *
 * <p>Files of a group without a manifest are what a killed run left: nobody sees them, and the next
 * run removes them. Their folder bears a name that no other attempt gives, so that two runs that
 * write the same group by mistake cannot touch each other's files; the manifest is the first one's.
 */
public final class OutputFolder {
  private static final String META = "_rekindle";
  private static final String RANGES = "ranges.json";
  private static final String RUN = "run.json";
  private static final String STATUS = "_status.json";

  /** Names of what a run's identity says of its files. */
  public static final String FORMAT_OPTION = "format";

  public static final String ENCODING_OPTION = "encoding";

  /** Of the files where nothing else is asked for, as Spark names it. */
  public static final String FORMAT = "parquet";

  /** Where Hadoop's commit protocol keeps files until all are written. */
  private static final String STAGING = FileOutputCommitter.PENDING_DIR_NAME;

  private static final Set<String> OTHERS = Set.of(META, STATUS, STAGING, "report.html");

  private final FileSystem fs;
  private final Path root;
  private final Path meta;
  private final DataFiles data;
  private final Manifests manifests;
  private final SeamFiles seams;
  private final String attempt = UUID.randomUUID().toString().substring(0, 8);
  private Counts committed = Counts.NONE;
  private final List<Failure> failures = new ArrayList<>();

  /** The last group of each series that has one. */
  private final Map<Integer, GroupManifest> ends = new HashMap<>();

  public OutputFolder(String path, Configuration hadoop) throws IOException {
    Path given = new Path(path);
    this.fs = given.getFileSystem(hadoop);
    this.root = fs.makeQualified(given);
    this.meta = new Path(root, META);
    this.data = new DataFiles(fs, root);
    this.manifests = new Manifests(fs, meta);
    this.seams = new SeamFiles(fs, meta, attempt);
  }

  /**
   * Makes the folder ready for a run: a new one, or one that goes on where the last group ends.
   * Removes what a killed run left.
   *
   * @param overwrite removes the tables of an earlier run
   * @throws IllegalArgumentException where the folder holds what no run wrote, or what a run with
   *     another identity wrote
   */
  public void open(RunIdentity identity, boolean overwrite) throws IOException {
    FileStatus[] found = contents();
    for (FileStatus entry : found) {
      if (!isOurs(entry.getPath().getName())) {
        throw new IllegalArgumentException(
            "--out " + root + " holds " + entry.getPath().getName() + ", which no run wrote");
      }
    }
    if (overwrite) {
      // Manifests first: without them nothing else is visible.
      fs.delete(meta, true);
      for (FileStatus entry : found) {
        fs.delete(entry.getPath(), true);
      }
    }
    Path run = new Path(meta, RUN);
    fs.mkdirs(meta);
    if (fs.exists(run)) {
      String difference = identity.differenceTo(JsonFiles.read(fs, run, RunIdentity.class));
      if (difference != null) {
        throw new IllegalArgumentException(
            "--out "
                + root
                + " holds the tables of another run: "
                + difference
                + "; name another folder, or replace them with --overwrite");
      }
    } else if (!overwrite && Arrays.stream(found).anyMatch(entry -> isTable(entry))) {
      throw new IllegalArgumentException(
          "--out "
              + root
              + " holds tables without "
              + META
              + "/run.json; --overwrite replaces them");
    } else {
      JsonFiles.create(fs, run, identity);
    }
    List<GroupManifest> groups = manifests.read();
    groups.forEach(this::count);
    removeUnlisted(groups);
  }

  /** Whether a run was here. */
  boolean isWritten() throws IOException {
    return fs.exists(new Path(meta, RUN));
  }

  private RunIdentity identity() {
    try {
      return JsonFiles.read(fs, new Path(meta, RUN), RunIdentity.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The format of all files. */
  FileKind format() {
    return FileKind.named(identity().values().getOrDefault(FORMAT_OPTION, FORMAT));
  }

  /** How hashes, addresses and bytes stand in all files. */
  Encoding encoding() {
    return Encoding.named(identity().values().getOrDefault(ENCODING_OPTION, "hex"));
  }

  private FileStatus[] contents() throws IOException {
    try {
      FileStatus status = fs.getFileStatus(root);
      if (!status.isDirectory()) {
        throw new IllegalArgumentException("--out " + root + " is a file, no folder");
      }
      return fs.listStatus(root);
    } catch (FileNotFoundException none) {
      fs.mkdirs(root);
      return new FileStatus[0];
    }
  }

  private static boolean isOurs(String name) {
    return OTHERS.contains(name)
        || name.startsWith("._status.json")
        || Arrays.stream(Table.values()).anyMatch(table -> table.tableName().equals(name));
  }

  private static boolean isTable(FileStatus entry) {
    return !OTHERS.contains(entry.getPath().getName());
  }

  // ---------------------------------------------------------------- groups

  /** What is in the tables, that of earlier runs included. */
  public synchronized Counts committed() {
    return committed;
  }

  /** The first failed checks in the tables. */
  public synchronized List<Failure> failures() {
    return List.copyOf(failures);
  }

  private synchronized void count(GroupManifest group) {
    ends.put(group.series(), group);
    committed = committed.plus(group.counts());
    group.failures().stream()
        .limit(GroupManifest.MAX_FAILURES - failures.size())
        .forEach(failures::add);
  }

  /** All committed groups, read anew. */
  public List<GroupManifest> groups() throws IOException {
    return manifests.read();
  }

  /**
   * Reads the tables again and holds them against manifests and headers.
   *
   * @return what is wrong, a line each
   */
  public List<String> check(SparkSession spark) throws IOException {
    return new OutputCheck(this, manifests.read(), seams.read(), spark).problems(fs);
  }

  /**
   * The groups of a range; the folder must be open.
   *
   * @param number place of the range in the run, from 0
   * @param firstBlock of the range
   */
  public synchronized GroupSeries series(int number, long firstBlock) {
    StateCheckpoints checkpoints =
        new StateCheckpoints(fs, new Path(meta, "state"), number, attempt);
    return new GroupSeries(
        this, fs, meta, number, firstBlock, checkpoints, seams, ends.get(number));
  }

  /** What waits for ranges before. */
  SeamFiles seams() {
    return seams;
  }

  /**
   * Where the ranges of the run that writes here start: as they stand here, or, in a folder without
   * groups, as wanted. A range that has not begun starts from the state that is there now.
   *
   * @param wanted of a new run; one start where nothing runs side by side
   */
  public RangeStarts rangeStarts(RangeStarts wanted) throws IOException {
    Path file = new Path(meta, RANGES);
    if (fs.exists(file)) {
      RangeStarts known = JsonFiles.read(fs, file, RangeStarts.class);
      RangeStarts now = known.withStatesOf(wanted, ends::containsKey);
      if (!now.equals(known)) {
        JsonFiles.replace(fs, file, now);
      }
      return now;
    }
    if (wanted.starts().size() == 1) {
      return wanted;
    }
    if (committed.blocks() > 0) {
      return new RangeStarts(wanted.starts().subList(0, 1));
    }
    JsonFiles.create(fs, file, wanted);
    return wanted;
  }

  /** Where ranges start that ran side by side; null where none did. */
  RangeStarts rangeStarts() throws IOException {
    Path file = new Path(meta, RANGES);
    return fs.exists(file) ? JsonFiles.read(fs, file, RangeStarts.class) : null;
  }

  /** Where this attempt puts the rows of a table, within the output folder. */
  String groupFolder(Table table, String group) {
    return table.tableName() + "/group=" + group + "-" + attempt;
  }

  /** The files of rows. */
  DataFiles data() {
    return data;
  }

  /**
   * Makes a group visible.
   *
   * @throws IOException where another run was faster
   */
  void commit(GroupManifest group) throws IOException {
    Path manifest = manifests.file(group);
    Path staged;
    try {
      staged = JsonFiles.stage(fs, manifest, group);
    } catch (IOException | FSError e) {
      data.discard(group.tables().values().stream().map(TableFiles::folder).toList(), e);
      throw e;
    }
    JsonFiles.publish(fs, staged, manifest);
    seams.committed(group);
    count(group);
  }

  /**
   * Makes rows visible that waited for ranges before.
   *
   * @throws IOException where another run was faster
   */
  void commit(SeamManifest seam) throws IOException {
    try {
      seams.commit(seam);
    } catch (IOException | FSError e) {
      data.discard(SeamFiles.folders(List.of(seam)), e);
      throw e;
    }
  }

  /**
   * Makes the folder of a run ready for its groups to be merged.
   *
   * @throws IllegalArgumentException where no run wrote there
   */
  void openToCompact() throws IOException {
    if (!fs.exists(new Path(meta, RUN))) {
      throw new IllegalArgumentException("--out " + root + " holds no tables of a run");
    }
    removeUnlisted(manifests.read());
  }

  /** Lets a merged group stand for those that went into it. */
  void replace(GroupManifest merged) throws IOException {
    JsonFiles.create(fs, manifests.file(merged), merged);
  }

  /** Removes manifests that others contain, and then every file that no manifest lists. */
  private void removeUnlisted(List<GroupManifest> groups) throws IOException {
    manifests.keepOnly(groups);
    List<SeamManifest> answered = seams.read();
    seams.keepOnly(groups, answered);
    Set<Path> folders = new HashSet<>();
    SeamFiles.folders(answered)
        .forEach(folder -> folders.add(fs.makeQualified(new Path(root, folder))));
    Map<Integer, GroupManifest> lastOfSeries = new HashMap<>();
    for (GroupManifest group : groups) {
      lastOfSeries.put(group.series(), group);
      for (TableFiles table : group.tables().values()) {
        folders.add(fs.makeQualified(new Path(root, table.folder())));
      }
    }
    for (Table table : Table.values()) {
      Path folder = new Path(root, table.tableName());
      if (fs.exists(folder)) {
        for (FileStatus group : fs.listStatus(folder)) {
          if (!folders.contains(group.getPath())) {
            fs.delete(group.getPath(), true);
          }
        }
      }
    }
    fs.delete(new Path(root, STAGING), true);
    StateCheckpoints.keepOnly(
        fs,
        new Path(meta, "state"),
        lastOfSeries.values().stream().flatMap(group -> group.checkpoint().stream()).toList());
  }

  /** Says how far the run is. */
  public synchronized void report(RunStatus status) throws IOException {
    JsonFiles.replace(fs, new Path(root, STATUS), status);
  }

  // ---------------------------------------------------------------- reading

  /** Whether a folder is one that a run writes to. */
  public static boolean isOne(FileSystem fs, Path folder) throws IOException {
    return fs.exists(new Path(new Path(folder, META), RUN));
  }

  /** Whether a table is among those that the committed groups have. */
  public boolean holds(Table table) throws IOException {
    List<GroupManifest> groups = manifests.read();
    return !groups.isEmpty()
        && groups.stream().allMatch(group -> group.tables().containsKey(table.tableName()));
  }

  /** A table as far as it is committed, in no order. */
  public Dataset<Row> read(SparkSession spark, Table table) throws IOException {
    List<TableFiles> written = files(manifests.read(), table);
    written.addAll(SeamFiles.files(seams.read(), table.tableName()));
    return readFiles(spark, table, written);
  }

  /** What a table holds of the committed groups that a block is in. */
  public Dataset<Row> readAround(SparkSession spark, Table table, long block) throws IOException {
    List<GroupManifest> around =
        manifests.read().stream()
            .filter(group -> group.firstBlock() <= block && block <= group.lastBlock())
            .toList();
    return read(spark, table, around);
  }

  /** What groups themselves hold of a table. */
  Dataset<Row> read(SparkSession spark, Table table, List<GroupManifest> wanted) {
    return readFiles(spark, table, files(wanted, table));
  }

  private static List<TableFiles> files(List<GroupManifest> groups, Table table) {
    List<TableFiles> written = new ArrayList<>();
    for (GroupManifest group : groups) {
      if (group.tables().containsKey(table.tableName())) {
        written.add(group.tables().get(table.tableName()));
      }
    }
    return written;
  }

  /** What files hold of a table. */
  Dataset<Row> readFiles(SparkSession spark, Table table, List<TableFiles> written) {
    return data.read(spark, table, written, format(), encoding());
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
