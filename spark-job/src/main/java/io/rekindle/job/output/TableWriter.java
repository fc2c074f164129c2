package io.rekindle.job.output;

import io.rekindle.job.output.GroupFiles.TaskFiles;
import io.rekindle.job.output.GroupManifest.TableFiles;
import io.rekindle.job.table.RowSink;
import io.rekindle.job.table.RowTask;
import io.rekindle.job.table.SeamRows;
import io.rekindle.job.table.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Writes the rows of groups of windows from executors, all tables at once, through Spark's own
 * commit protocol.
 */
public final class TableWriter {
  /** A task with fewer units would write small files. */
  private static final int UNITS_PER_TASK = 5_000;

  /** What a task gets must not be too large for a message. */
  private static final int MAX_TASK_BYTES = 32 << 20;

  /** Makes the rows of a block on an executor. */
  @FunctionalInterface
  public interface RowMaker extends Serializable {
    void rows(RowTask task, RowSink sink);
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

  int cores() {
    return cores;
  }

  boolean wants(Table table) {
    return tables.contains(table);
  }

  /**
   * Writes the rows of windows; nobody sees them until the group is committed.
   *
   * @return the files by table
   */
  Map<String, TableFiles> write(int group, List<VerifiedWindow> windows) throws IOException {
    long first = windows.get(0).firstBlock();
    long last = windows.get(windows.size() - 1).lastBlock();
    spark.setJobGroup("rekindle-rows", "rows of blocks " + first + " to " + last);
    Map<Table, String> folders = new EnumMap<>(Table.class);
    for (Table table : tables) {
      folders.put(table, folder.groupFolder(table, Integer.toString(group)));
    }
    return write(folders, target -> rowTasks(target, windows));
  }

  /**
   * Writes rows of a group that waited for the ranges before it; nobody sees them until their
   * manifest is there.
   *
   * @param parts the rows, as {@link SeamRows} has them
   * @return the files by table
   */
  Map<String, TableFiles> writeSeam(int group, List<byte[]> parts, long chainId)
      throws IOException {
    spark.setJobGroup("rekindle-seam", "dependencies of group " + group + " on the ranges before");
    Map<Table, String> folders =
        Map.of(Table.DEPENDENCIES, folder.groupFolder(Table.DEPENDENCIES, group + "-seam"));
    if (parts.isEmpty()) {
      return listed(folders, List.of());
    }
    return write(folders, target -> seamTasks(target, parts, chainId));
  }

  /**
   * Writes to folders of a group, all or nothing.
   *
   * @param tasks that write
   */
  private Map<String, TableFiles> write(
      Map<Table, String> folders, Function<GroupFiles, JavaRDD<byte[]>> tasks) throws IOException {
    try (GroupFiles target =
        new GroupFiles(spark, folder.toString(), folders, folder.format(), folder.encoding())) {
      return listed(folders, run(target, tasks.apply(target)));
    } catch (Exception | Error e) {
      folder.data().discard(folders.values(), e);
      throw e;
    }
  }

  private JavaRDD<byte[]> seamTasks(GroupFiles files, List<byte[]> parts, long chainId) {
    return spark
        .parallelize(parts, parts.size())
        .map(part -> serialized(files.write(sink -> SeamRows.write(part, chainId, sink))));
  }

  /** The files as they lie in the output folder, each of those that tasks wrote. */
  private Map<String, TableFiles> listed(Map<Table, String> folders, List<TaskFiles> tasks)
      throws IOException {
    Map<String, TableFiles> files = new TreeMap<>();
    for (Map.Entry<Table, String> table : folders.entrySet()) {
      Set<String> written = new TreeSet<>();
      tasks.forEach(task -> written.addAll(task.paths().getOrDefault(table.getKey(), List.of())));
      files.put(table.getKey().tableName(), folder.data().list(table.getValue(), written));
    }
    return files;
  }

  private JavaRDD<byte[]> rowTasks(GroupFiles files, List<VerifiedWindow> windows) {
    // The closure holds what makes rows, once a window; each task gets the bytes of its blocks.
    List<RowMaker> makers = new ArrayList<>();
    List<Tuple2<Integer, byte[]>> blocks = new ArrayList<>();
    for (VerifiedWindow window : windows) {
      for (byte[] block : window.tasks()) {
        blocks.add(new Tuple2<>(makers.size(), block));
      }
      makers.add(window.maker());
    }
    return spark
        .parallelize(blocks, slices(windows))
        .mapPartitions(some -> List.of(written(files, makers, some)).iterator());
  }

  /**
   * Runs tasks that write, and moves their files into place.
   *
   * @param writing gives a {@link TaskFiles} a task
   */
  private static List<TaskFiles> run(GroupFiles files, JavaRDD<byte[]> writing) throws IOException {
    files.begin();
    try {
      List<TaskFiles> tasks = writing.collect().stream().map(TableWriter::deserialized).toList();
      files.commit(tasks);
      return tasks;
    } catch (Exception | Error e) {
      files.abort(e);
      throw e;
    }
  }

  /** Tasks of a group: enough for all cores, few enough for files of some size. */
  private int slices(List<VerifiedWindow> windows) {
    long units = 0;
    long bytes = 0;
    int blocks = 0;
    for (VerifiedWindow window : windows) {
      units += window.units();
      bytes += window.tasks().stream().mapToLong(block -> block.length).sum();
      blocks += window.tasks().size();
    }
    long bySize = Math.min(2L * cores, 1 + units / UNITS_PER_TASK);
    return (int) Math.min(blocks, Math.max(bySize, 1 + bytes / MAX_TASK_BYTES));
  }

  private static byte[] written(
      GroupFiles files, List<RowMaker> makers, Iterator<Tuple2<Integer, byte[]>> blocks) {
    return serialized(
        files.write(
            sink ->
                blocks.forEachRemaining(
                    block -> makers.get(block._1()).rows(RowTask.decode(block._2()), sink))));
  }

  /** By Java's own serialization, since Spark's messages are Scala values of many classes. */
  static byte[] serialized(TaskFiles value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static TaskFiles deserialized(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (TaskFiles) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
