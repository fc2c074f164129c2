package io.rekindle.benchmarks;

import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.RowSink;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/**
 * Parquet files by Spark's own row writers, without Spark around them: no tasks, no commit
 * protocol.
 */
final class BareFiles {
  private record Kind(OutputWriterFactory writers, Configuration settings) {}

  private final Map<Table, Kind> kinds = new EnumMap<>(Table.class);

  /**
   * @param session only asked for the writers' settings; it may end before files are written
   */
  BareFiles(SparkSession session) throws IOException {
    for (Table table : Table.values()) {
      Configuration base = new Configuration(session.sparkContext().hadoopConfiguration());
      base.set("parquet.block.size", Integer.toString(32 << 20));
      Job job = Job.getInstance(base);
      OutputWriterFactory writers =
          new ParquetFileFormat()
              .prepareWrite(
                  session,
                  job,
                  scala.collection.immutable.Map$.MODULE$.empty(),
                  table.fileSchema(Encoding.HEX));
      kinds.put(table, new Kind(writers, new Configuration(job.getConfiguration())));
    }
  }

  /** The files of all tables in a folder, for one thread. */
  Open open(Path folder) {
    return new Open(folder);
  }

  /** Open files, one a table that has had a row. */
  final class Open implements RowSink, AutoCloseable {
    private final Path folder;
    private final EnumMap<Table, OutputWriter> writers = new EnumMap<>(Table.class);
    private final EnumMap<Table, Long> ranges = new EnumMap<>(Table.class);
    private final List<OutputWriter> open = new ArrayList<>();

    private Open(Path folder) {
      this.folder = folder;
    }

    @Override
    public boolean wants(Table table) {
      return true;
    }

    @Override
    public Encoding encoding() {
      return Encoding.HEX;
    }

    @Override
    public void add(Table table, long blockRange, InternalRow row) {
      OutputWriter writer = writers.get(table);
      if (writer == null || ranges.get(table) != blockRange) {
        writer = writer(table, blockRange);
        writers.put(table, writer);
        ranges.put(table, blockRange);
      }
      writer.write(row);
    }

    private OutputWriter writer(Table table, long blockRange) {
      Kind kind = kinds.get(table);
      TaskAttemptContext context =
          new TaskAttemptContextImpl(new Configuration(kind.settings()), new TaskAttemptID());
      Path file =
          folder.resolve(
              table.tableName() + "-" + blockRange + kind.writers().getFileExtension(context));
      OutputWriter writer =
          kind.writers().newInstance(file.toString(), table.fileSchema(Encoding.HEX), context);
      open.add(writer);
      return writer;
    }

    @Override
    public void close() {
      open.forEach(OutputWriter::close);
    }
  }
}
