package io.rekindle.job.output;

import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.RowSink;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.immutable.$colon$colon;
import scala.collection.immutable.List$;

/**
 * One write of several tables at once: the rows of a block are made once and go to the files of all
 * tables, and one commit protocol of Spark's, that of its own file writers, moves all files into
 * place. Nothing is shuffled, sorted or kept.
 *
 * <p>Spark's writer of a single table would make every row once more for each table, or have to
 * keep them all; and each of its writes starts anew with planning and code generation.
 */
final class GroupFiles implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final int ROW_GROUP_BYTES = 32 << 20;
  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";
  private static final String DEFAULT_PROTOCOL =
      "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol";

  /**
   * How the files of one table are written.
   *
   * @param folder within the output folder
   * @param settings that the format needs beside the common ones
   */
  record Target(String folder, OutputWriterFactory writers, Map<String, String> settings)
      implements Serializable {}

  private final Broadcast<SerializableConfiguration> hadoop;
  private final FileCommitProtocol protocol;
  private final EnumMap<Table, Target> targets;
  private final Encoding encoding;
  private final String root;
  private final String jobId;
  private final transient JobContext job;
  private final transient Path staging;

  /**
   * @param root the output folder
   * @param folders of the tables that are written, within it
   */
  GroupFiles(
      JavaSparkContext spark,
      String root,
      Map<Table, String> folders,
      FileKind kind,
      Encoding encoding)
      throws IOException {
    SparkSession session = SparkSession.builder().getOrCreate();
    Configuration base = new Configuration(spark.hadoopConfiguration());
    // Groups have manifests instead.
    base.setBoolean("mapreduce.fileoutputcommitter.marksuccessfuljobs", false);
    // A task has a file of every table open at the same time.
    base.setIfUnset("parquet.block.size", Integer.toString(ROW_GROUP_BYTES));
    base.set(FileOutputFormat.OUTDIR, new Path(root).toString());
    // Each write stages its files apart, so that two runs by mistake cannot touch each other's.
    UUID name = UUID.randomUUID();
    int attempt = name.hashCode() & Integer.MAX_VALUE;
    base.setInt(MRJobConfig.APPLICATION_ATTEMPT_ID, attempt);
    base.setBoolean(FileOutputCommitter.FILEOUTPUTCOMMITTER_CLEANUP_SKIPPED, true);
    this.staging = new Path(new Path(root, FileOutputCommitter.PENDING_DIR_NAME), "" + attempt);
    this.root = root;
    this.encoding = encoding;
    this.targets = new EnumMap<>(Table.class);
    for (Map.Entry<Table, String> table : folders.entrySet()) {
      targets.put(table.getKey(), target(session, base, table.getKey(), table.getValue(), kind));
    }
    this.jobId = "rekindle" + attempt;
    this.protocol =
        FileCommitProtocol.instantiate(
            session.conf().get(PROTOCOL, DEFAULT_PROTOCOL), name.toString(), root, false);
    this.hadoop = spark.broadcast(new SerializableConfiguration(base));
    this.job = new JobContextImpl(new Configuration(base), new JobID(jobId, 0));
  }

  private Target target(
      SparkSession session, Configuration base, Table table, String folder, FileKind kind)
      throws IOException {
    Job format = Job.getInstance(base);
    FileFormat files = kind.format();
    OutputWriterFactory writers =
        files.prepareWrite(
            session,
            format,
            scala.collection.immutable.Map$.MODULE$.empty(),
            table.fileSchema(encoding));
    Map<String, String> settings = new HashMap<>();
    for (Map.Entry<String, String> entry : format.getConfiguration()) {
      if (!entry.getValue().equals(base.getRaw(entry.getKey()))) {
        settings.put(entry.getKey(), entry.getValue());
      }
    }
    return new Target(folder, writers, settings);
  }

  /** Before the tasks start. */
  void begin() throws IOException {
    // The committer renames a folder that it does not find in the output, and the file system takes
    // that into the folder where another range made it meanwhile. So it finds those of all tables.
    FileSystem fs = staging.getFileSystem(job.getConfiguration());
    for (Table table : targets.keySet()) {
      fs.mkdirs(new Path(root, table.tableName()));
    }
    // Not while another range finds the folder of all stagings empty and deletes it.
    synchronized (GroupFiles.class) {
      protocol.setupJob(job);
    }
  }

  /** Once all tasks are through: moves their files into place. */
  void commit(List<TaskFiles> tasks) {
    scala.collection.immutable.List<TaskCommitMessage> all = List$.MODULE$.empty();
    for (int i = tasks.size() - 1; i >= 0; i--) {
      all = new $colon$colon<>(tasks.get(i).message(), all);
    }
    protocol.commitJob(job, all);
  }

  /**
   * Removes what the tasks wrote. Hadoop's own committer would take what all writes to the output
   * folder have staged, those of other ranges included; of this one {@link #close} removes it.
   */
  void abort(Throwable reason) {
    try {
      if (!staging.getFileSystem(job.getConfiguration()).exists(staging)) {
        protocol.abortJob(job);
      }
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }

  /** Frees what was shipped, and removes what was staged. */
  @Override
  public void close() throws IOException {
    hadoop.destroy();
    FileSystem fs = staging.getFileSystem(job.getConfiguration());
    fs.delete(staging, true);
    Path all = staging.getParent();
    synchronized (GroupFiles.class) {
      if (fs.exists(all) && fs.listStatus(all).length == 0) {
        fs.delete(all, false);
      }
    }
  }

  /** Makes rows on an executor. */
  @FunctionalInterface
  interface Rows {
    void to(RowSink sink);
  }

  /**
   * What one task wrote.
   *
   * @param message of the commit protocol
   * @param paths of the files, within the group's folder of their table
   */
  record TaskFiles(TaskCommitMessage message, Map<Table, List<String>> paths)
      implements Serializable {}

  /** Writes the rows of one task, in the task. */
  TaskFiles write(Rows rows) {
    Configuration base = hadoop.value().value();
    TaskContext task = TaskContext.get();
    TaskID id = new TaskID(new JobID(jobId, 0), TaskType.MAP, task.partitionId());
    int attempt = (int) (task.taskAttemptId() & Integer.MAX_VALUE);
    TaskAttemptContext context = context(base, Map.of(), new TaskAttemptID(id, attempt));
    try {
      setUp(context);
      Map<Table, List<String>> paths = writeFiles(rows, context);
      return new TaskFiles(commit(context), paths);
    } catch (RuntimeException | Error e) {
      abort(context, e);
      throw e;
    }
  }

  private void setUp(TaskAttemptContext context) {
    try {
      protocol.setupTask(context);
    } catch (Exception e) {
      throw OutputException.of(root, e);
    }
  }

  private TaskCommitMessage commit(TaskAttemptContext context) {
    try {
      return protocol.commitTask(context);
    } catch (Exception e) {
      throw OutputException.of(root, e);
    }
  }

  private void abort(TaskAttemptContext context, Throwable reason) {
    try {
      protocol.abortTask(context);
    } catch (Exception e) {
      reason.addSuppressed(e);
    }
  }

  private Map<Table, List<String>> writeFiles(Rows rows, TaskAttemptContext context) {
    RowFiles files = new RowFiles(this, context);
    try (files) {
      rows.to(files);
    }
    return files.paths();
  }

  TaskAttemptContext context(TaskAttemptContext task, Target target) {
    return context(hadoop.value().value(), target.settings(), task.getTaskAttemptID());
  }

  private static TaskAttemptContext context(
      Configuration base, Map<String, String> settings, TaskAttemptID attempt) {
    Configuration own = new Configuration(base);
    settings.forEach(own::set);
    own.set("mapreduce.job.id", attempt.getJobID().toString());
    own.set("mapreduce.task.id", attempt.getTaskID().toString());
    own.set("mapreduce.task.attempt.id", attempt.toString());
    own.setBoolean("mapreduce.task.ismap", true);
    own.setInt("mapreduce.task.partition", 0);
    return new TaskAttemptContextImpl(own, attempt);
  }

  /** The output folder. */
  String root() {
    return root;
  }

  Map<Table, Target> targets() {
    return targets;
  }

  Encoding encoding() {
    return encoding;
  }

  FileCommitProtocol protocol() {
    return protocol;
  }
}
