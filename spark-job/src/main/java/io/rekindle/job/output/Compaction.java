package io.rekindle.job.output;

import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.DataFile;
import io.rekindle.job.output.GroupManifest.Failure;
import io.rekindle.job.output.GroupManifest.TableFiles;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Merges small groups that follow each other into larger files. A merged group is written beside
 * those that went into it, and stands for them from the moment that its manifest is there; only
 * then are they deleted. Killed at any point, all rows are there once.
 */
public final class Compaction {
  private final OutputFolder folder;
  private final SparkSession spark;
  private final long targetBytes;

  /**
   * @param targetBytes up to which groups are merged, all tables of a group together
   */
  public Compaction(OutputFolder folder, SparkSession spark, long targetBytes) {
    this.folder = folder;
    this.spark = spark;
    this.targetBytes = targetBytes;
  }

  /** What a compaction has done. */
  public record Result(int groupsBefore, int groupsAfter, int filesBefore, int filesAfter) {}

  /**
   * Merges what is small.
   *
   * @throws IllegalArgumentException where the folder is not a run's
   * @throws OutputException where files cannot be written, or do not hold what was to be in them;
   *     groups that were not merged before stay as they are
   */
  public Result run() throws IOException {
    folder.openToCompact();
    List<GroupManifest> before = folder.groups();
    for (List<GroupManifest> batch : batches(before)) {
      folder.replace(merged(batch));
    }
    folder.openToCompact();
    List<GroupManifest> after = folder.groups();
    return new Result(before.size(), after.size(), files(before), files(after));
  }

  /** Runs of groups of a series that fit the target together; none of a single group. */
  private List<List<GroupManifest>> batches(List<GroupManifest> groups) {
    List<List<GroupManifest>> batches = new ArrayList<>();
    List<GroupManifest> batch = new ArrayList<>();
    long bytes = 0;
    for (GroupManifest group : groups) {
      boolean seam = !batch.isEmpty() && batch.get(0).series() != group.series();
      if (seam || bytes + bytes(group) > targetBytes) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(group);
      bytes += bytes(group);
    }
    batches.add(batch);
    batches.removeIf(one -> one.size() < 2);
    return batches;
  }

  private static long bytes(GroupManifest group) {
    return group.tables().values().stream()
        .flatMap(table -> table.files().stream())
        .mapToLong(DataFile::bytes)
        .sum();
  }

  private static int files(List<GroupManifest> groups) {
    return groups.stream()
        .flatMap(group -> group.tables().values().stream())
        .mapToInt(table -> table.files().size())
        .sum();
  }

  private GroupManifest merged(List<GroupManifest> batch) {
    GroupManifest first = batch.get(0);
    GroupManifest last = batch.get(batch.size() - 1);
    Counts counts = Counts.NONE;
    List<Failure> failures = new ArrayList<>();
    List<String> openReads = new ArrayList<>();
    for (GroupManifest group : batch) {
      counts = counts.plus(group.counts());
      failures.addAll(group.failures());
      openReads.addAll(group.openReads());
    }
    return new GroupManifest(
        first.firstGroup(),
        last.lastGroup(),
        first.firstBlock(),
        last.lastBlock(),
        last.lastHash(),
        last.stateRoot(),
        last.ends(),
        counts,
        failures.subList(0, Math.min(failures.size(), GroupManifest.MAX_FAILURES)),
        write(batch),
        last.checkpoint(),
        openReads);
  }

  /** Writes the rows of groups once more, all tables or none. */
  private Map<String, TableFiles> write(List<GroupManifest> batch) {
    String name = batch.get(0).firstGroup() + "-" + batch.get(batch.size() - 1).lastGroup();
    List<String> targets = new ArrayList<>();
    Map<String, TableFiles> tables = new TreeMap<>();
    try {
      for (String tableName : batch.get(0).tables().keySet()) {
        Table table = Table.named(tableName);
        String target = folder.groupFolder(table, name);
        targets.add(target);
        write(table, batch, target);
        tables.put(tableName, folder.data().list(target));
        checkRows(table, batch, tables.get(tableName));
      }
      return tables;
    } catch (Exception | Error e) {
      folder.data().discard(targets, e);
      throw OutputException.of(folder.toString(), e);
    }
  }

  /**
   * Holds what lies there now against what went in.
   *
   * @throws IOException where a row is missing, or one too many
   */
  private void checkRows(Table table, List<GroupManifest> batch, TableFiles written)
      throws IOException {
    long before = folder.read(spark, table, batch).count();
    long after = folder.readFiles(spark, table, List.of(written)).count();
    if (before != after) {
      throw new IOException(
          String.format(
              "%s of blocks %d to %d: %,d rows went in, %,d came out, and nothing was replaced",
              table.tableName(),
              batch.get(0).firstBlock(),
              batch.get(batch.size() - 1).lastBlock(),
              before,
              after));
    }
  }

  /** A file for each span of blocks, its rows in the order of their blocks. */
  private void write(Table table, List<GroupManifest> batch, String target) {
    folder
        .read(spark, table, batch)
        .repartition(functions.col("block_range"))
        .sortWithinPartitions("block_range", "block_number")
        .write()
        .mode(SaveMode.ErrorIfExists)
        .partitionBy("block_range")
        .format(folder.format().toString())
        .save(folder.data().absolute(target));
  }
}
