package io.rekindle.job.output;

import io.rekindle.job.table.RowTask;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Writes the rows of verified blocks from executors, several windows into one group of files. What
 * the tasks of a block need stays broadcast until its group is committed.
 */
public final class TableWriter {
  /** Blocks after which a group is written. */
  private static final int GROUP_BLOCKS = 2000;

  /** Transactions after which a group is written: their outcomes wait on the driver. */
  private static final int GROUP_UNITS = 40_000;

  /** Makes the rows of a block on an executor. */
  @FunctionalInterface
  public interface RowMaker extends Serializable {
    Map<Table, List<Row>> rows(RowTask task, Set<Table> tables);
  }

  private record Pending(RowMaker maker, byte[] task, long block) {}

  private final JavaSparkContext spark;
  private final OutputFolder folder;
  private final EnumSet<Table> tables;
  private final int cores;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Runnable> releases = new ArrayList<>();
  private int units;
  private int group;

  public TableWriter(JavaSparkContext spark, OutputFolder folder, Set<Table> tables, int cores) {
    this.spark = spark;
    this.folder = folder;
    this.tables = EnumSet.copyOf(tables);
    this.cores = cores;
  }

  /**
   * Takes the blocks of a window that was verified.
   *
   * @param release frees what was broadcast for the window, once its rows are written
   */
  public void add(RowMaker maker, long firstBlock, List<RowTask> blocks, Runnable release)
      throws IOException {
    long number = firstBlock;
    for (RowTask block : blocks) {
      units += block.facts().size();
      pending.add(new Pending(maker, block.encode(), number++));
    }
    releases.add(release);
    if (pending.size() >= GROUP_BLOCKS || units >= GROUP_UNITS) {
      flush();
    }
  }

  /** Writes what waits. */
  public void flush() throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    group++;
    long first = pending.get(0).block();
    long last = pending.get(pending.size() - 1).block();
    String what = "blocks " + first + " to " + last;
    // One task's closure for each: the tasks are plain bytes beside the maker that reads them.
    List<RowMaker> makers = pending.stream().map(Pending::maker).toList();
    List<byte[]> tasks = pending.stream().map(Pending::task).toList();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      places.add(i);
    }
    EnumSet<Table> wanted = tables;
    spark.setJobGroup("rekindle-rows", "rows of " + what);
    JavaRDD<Map<Table, List<Row>>> rows =
        spark
            .parallelize(places, Math.min(places.size(), 2 * cores))
            .map(place -> makers.get(place).rows(RowTask.decode(tasks.get(place)), wanted))
            .persist(StorageLevel.MEMORY_ONLY());
    SparkSession session = SparkSession.builder().getOrCreate();
    for (Table table : tables) {
      spark.setJobGroup("rekindle-write", "write " + table.tableName() + " of " + what);
      JavaRDD<Row> ofTable =
          rows.flatMap(block -> block.getOrDefault(table, List.of()).iterator()).coalesce(cores);
      session
          .createDataFrame(ofTable, table.schema())
          .write()
          .mode(SaveMode.Overwrite)
          .partitionBy("block_range")
          .format(folder.format())
          .save(folder.groupFolder(table, group));
    }
    rows.unpersist();
    folder.commit(group, first, last, List.copyOf(tables));
    pending.clear();
    units = 0;
    releases.forEach(Runnable::run);
    releases.clear();
  }
}
