package io.rekindle.job.output;

import io.rekindle.job.output.GroupFiles.Target;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.RowSink;
import io.rekindle.job.table.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import scala.Option;

/**
 * The open files of one task: one for each table that has had a row, and a new one where a table
 * moves on to its next {@code block_range}.
 */
final class RowFiles implements RowSink, AutoCloseable {
  private record Open(OutputWriter writer, long blockRange) {}

  private final GroupFiles group;
  private final TaskAttemptContext task;
  private final EnumMap<Table, Open> open = new EnumMap<>(Table.class);
  private final Map<Table, List<String>> paths = new EnumMap<>(Table.class);
  private int files;

  RowFiles(GroupFiles group, TaskAttemptContext task) {
    this.group = group;
    this.task = task;
  }

  @Override
  public boolean wants(Table table) {
    return group.targets().containsKey(table);
  }

  @Override
  public Encoding encoding() {
    return group.encoding();
  }

  @Override
  public void add(Table table, long blockRange, InternalRow row) {
    Target target = group.targets().get(table);
    if (target == null) {
      return;
    }
    try {
      write(table, target, blockRange, row);
    } catch (Exception | Error e) {
      throw OutputException.of(group.root(), e);
    }
  }

  private void write(Table table, Target target, long blockRange, InternalRow row) {
    Open file = open.get(table);
    if (file == null || file.blockRange() != blockRange) {
      if (file != null) {
        file.writer().close();
      }
      file = new Open(writer(table, target, blockRange), blockRange);
      open.put(table, file);
    }
    file.writer().write(row);
  }

  private OutputWriter writer(Table table, Target target, long blockRange) {
    TaskAttemptContext context = group.context(task, target);
    String name = String.format(".c%03d%s", files++, target.writers().getFileExtension(context));
    String range = Table.RANGE_COLUMN + "=" + blockRange;
    String path =
        group
            .protocol()
            .newTaskTempFile(
                context, Option.apply(target.folder() + "/" + range), new FileNameSpec("", name));
    paths
        .computeIfAbsent(table, none -> new ArrayList<>())
        .add(range + "/" + new Path(path).getName());
    return target.writers().newInstance(path, table.fileSchema(group.encoding()), context);
  }

  /** What was opened so far, by path within the folder that the group has in its table. */
  Map<Table, List<String>> paths() {
    return paths;
  }

  /** Ends all files. */
  @Override
  public void close() {
    try {
      while (!open.isEmpty()) {
        Table next = open.keySet().iterator().next();
        open.remove(next).writer().close();
      }
    } catch (Exception | Error e) {
      throw OutputException.of(group.root(), e);
    }
  }
}
