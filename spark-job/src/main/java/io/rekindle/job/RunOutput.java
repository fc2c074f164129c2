package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.Failure;
import io.rekindle.job.output.GroupSeries;
import io.rekindle.job.output.OutputException;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.output.RunStatus;
import io.rekindle.job.output.SeamWriter;
import io.rekindle.job.output.TableWriter;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Where a run leaves its rows, and says how far it is. */
final class RunOutput {
  private final OutputFolder folder;
  private final BlockRange range;
  private final List<RunRange> ranges;
  private final Seams seams;
  private final List<RangeOutput> outputs = new ArrayList<>();
  private final SeamDependencies dependencies;
  private List<String> problems = List.of();

  /**
   * @param folder that is open
   * @param range that the run was asked for
   * @param ranges that it is divided in
   * @param chainId of the chain
   */
  RunOutput(
      OutputFolder folder,
      TableWriter tables,
      int groupBlocks,
      BlockRange range,
      List<RunRange> ranges,
      long chainId) {
    this.folder = folder;
    this.range = range;
    this.ranges = ranges;
    this.seams = new Seams(ranges);
    for (int i = 0; i < ranges.size(); i++) {
      GroupSeries series = folder.series(i, ranges.get(i).blocks().first());
      outputs.add(new RangeOutput(this, series, tables, groupBlocks));
    }
    this.dependencies =
        new SeamDependencies(ranges, seams, outputs, new SeamWriter(folder, tables, chainId));
  }

  /** The ranges of the run, in order. */
  List<RunRange> ranges() {
    return ranges;
  }

  /** Between those ranges. */
  Seams seams() {
    return seams;
  }

  /** Notes that a range has ended, and writes what has waited for that. */
  void rangeEnded() {
    dependencies.write(this);
  }

  /** What the tables lack until ranges have ended, a line each. */
  List<String> waiting() {
    return dependencies.open();
  }

  /** Where a range leaves its rows. */
  RangeOutput range(int number) {
    return outputs.get(number);
  }

  /** Total difficulty as the tables have it for their last block; null where they do not. */
  UInt256 totalDifficulty(long number) {
    Row row =
        blocksAround(number)
            .where(functions.col("block_number").equalTo(number))
            .select("total_difficulty", "total_difficulty_binary")
            .takeAsList(1)
            .stream()
            .findFirst()
            .orElse(null);
    if (row == null) {
      return null;
    }
    if (!row.isNullAt(1)) {
      return UInt256.ofBytes((byte[]) row.get(1));
    }
    return row.isNullAt(0) ? null : UInt256.of(row.getDecimal(0).toBigInteger());
  }

  private Dataset<Row> blocksAround(long number) {
    try {
      return folder.readAround(SparkSession.builder().getOrCreate(), Table.BLOCKS, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that the run goes on. */
  void starts() {
    report(RunStatus.RUNNING, null, List.of(), null);
  }

  /** Reads the tables again; see {@link OutputFolder#check}. */
  void check(SparkSession spark) throws IOException {
    try {
      problems = folder.check(spark);
    } catch (Exception e) {
      // Spark throws its own, which is a checked one, without declaring it.
      String unreadable = ErrorReport.unreadableFile(e);
      if (unreadable == null) {
        throw e;
      }
      problems = List.of(unreadable);
    }
  }

  /** What reading the tables again has found to be wrong. */
  List<String> problems() {
    return problems;
  }

  /** Whether all that was done in this run and is in the tables is right. */
  boolean passed(RunTotals totals) {
    return totals.passed() && committed().checksFailed() == 0 && problems.isEmpty();
  }

  /** Says that the run has ended by itself. */
  void ends(RunTotals totals) {
    boolean passed = passed(totals);
    String error = problems.isEmpty() ? null : problems.get(0);
    report(passed ? RunStatus.COMPLETE : RunStatus.FAILED, passed ? 0 : 3, totals.failures, error);
  }

  /** Says why the run broke off. */
  void breaksOff(RunTotals totals, Throwable error) {
    int exitCode = ErrorReport.isBadInput(error) ? 2 : 1;
    try {
      report(RunStatus.FAILED, exitCode, totals.failures, ErrorReport.oneLine(error));
    } catch (OutputException e) {
      // Then the status says what it said before, and the run what went wrong first.
      error.addSuppressed(e);
    }
  }

  /**
   * Writes the status.
   *
   * @param uncommitted failed checks of blocks that are not in the tables
   */
  private void report(String status, Integer exitCode, List<BlockCheck> uncommitted, String error) {
    List<Failure> failures = new ArrayList<>(committedFailures());
    uncommitted.stream().map(Failure::of).filter(f -> !failures.contains(f)).forEach(failures::add);
    io(
        () ->
            folder.report(
                new RunStatus(
                    status,
                    exitCode,
                    range.first(),
                    range.last(),
                    committedTo(),
                    committed(),
                    rangeStates(),
                    failures.subList(0, Math.min(failures.size(), RunTotals.MAX_FAILURES)),
                    error)));
  }

  /** The last block up to which all rows are in the tables; null where there is none. */
  private Long committedTo() {
    Long last = null;
    for (int i = 0; i < ranges.size(); i++) {
      GroupManifest group = outputs.get(i).last();
      if (group == null) {
        break;
      }
      last = group.lastBlock();
      if (last < ranges.get(i).blocks().last()) {
        break;
      }
    }
    return last;
  }

  private List<RunStatus.Range> rangeStates() {
    List<RunStatus.Range> states = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      GroupManifest last = outputs.get(i).last();
      states.add(
          new RunStatus.Range(
              ranges.get(i).blocks().first(),
              ranges.get(i).blocks().last(),
              last == null ? null : last.lastBlock(),
              seams.word(i)));
    }
    return states;
  }

  /** What is in the tables, that of earlier runs included. */
  Counts committed() {
    return folder.committed();
  }

  /** The first failed checks in the tables. */
  List<Failure> committedFailures() {
    return folder.failures();
  }

  /** The folder of the tables. */
  String place() {
    return folder.toString();
  }

  /** Something that writes to the folder. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  /**
   * Writes to the folder.
   *
   * @throws OutputException where its file system fails
   */
  void io(Writing writing) {
    try {
      writing.run();
    } catch (IOException | FSError e) {
      throw OutputException.of(place(), e);
    }
  }
}
