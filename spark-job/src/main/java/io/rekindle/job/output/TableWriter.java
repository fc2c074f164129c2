package io.rekindle.job.output;

import io.rekindle.job.output.GroupManifest.TableFiles;
import io.rekindle.job.table.RowTask;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Writes the rows of a group of windows from executors, through Spark's own commit protocol. */
public final class TableWriter {
  /** Makes the rows of a block on an executor. */
  @FunctionalInterface
  public interface RowMaker extends Serializable {
    Map<Table, List<Row>> rows(RowTask task, Set<Table> tables);
  }

  private final JavaSparkContext spark;
  private final OutputFolder folder;
  private final EnumSet<Table> tables;
  private final int cores;

  public TableWriter(JavaSparkContext spark, OutputFolder folder, Set<Table> tables, int cores) {
    this.spark = spark;
    this.folder = folder;
    this.tables = EnumSet.copyOf(tables);
    this.cores = cores;
  }

  /**
   * Writes the rows of windows; nobody sees them until the group is committed.
   *
   * @return the files by table
   */
  Map<String, TableFiles> write(int group, List<VerifiedWindow> windows) throws IOException {
    long first = windows.get(0).firstBlock();
    long last = windows.get(windows.size() - 1).lastBlock();
    String what = "blocks " + first + " to " + last;
    // One task's closure for each: the tasks are plain bytes beside the maker that reads them.
    List<RowMaker> makers = new ArrayList<>();
    List<byte[]> tasks = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (VerifiedWindow window : windows) {
      for (byte[] block : window.tasks()) {
        places.add(tasks.size());
        makers.add(window.maker());
        tasks.add(block);
      }
    }
    EnumSet<Table> wanted = tables;
    spark.setJobGroup("rekindle-rows", "rows of " + what);
    JavaRDD<Map<Table, List<Row>>> rows =
        spark
            .parallelize(places, Math.min(places.size(), 2 * cores))
            .map(place -> makers.get(place).rows(RowTask.decode(tasks.get(place)), wanted))
            .persist(StorageLevel.MEMORY_ONLY());
    SparkSession session = SparkSession.builder().getOrCreate();
    Map<String, TableFiles> files = new TreeMap<>();
    for (Table table : tables) {
      spark.setJobGroup("rekindle-write", "write " + table.tableName() + " of " + what);
      JavaRDD<Row> ofTable =
          rows.flatMap(block -> block.getOrDefault(table, List.of()).iterator()).coalesce(cores);
      String target = folder.groupFolder(table, Integer.toString(group));
      session
          .createDataFrame(ofTable, table.schema())
          .write()
          .mode(SaveMode.ErrorIfExists)
          .partitionBy("block_range")
          .format(folder.format())
          .save(folder.absolute(target));
      files.put(table.tableName(), folder.files(target));
    }
    rows.unpersist();
    return files;
  }
}
