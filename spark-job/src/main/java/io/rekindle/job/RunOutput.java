package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.Failure;
import io.rekindle.job.output.GroupWriter;
import io.rekindle.job.output.OutputException;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.output.RunStatus;
import io.rekindle.job.output.VerifiedWindow;
import io.rekindle.job.table.DependencyTracker;
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
  private final GroupWriter groups;
  private final BlockRange range;
  private List<String> problems = List.of();

  /**
   * @param folder that is open
   * @param range that the run was asked for
   */
  RunOutput(OutputFolder folder, GroupWriter groups, BlockRange range) {
    this.folder = folder;
    this.groups = groups;
    this.range = range;
  }

  /** The last committed group, or null. */
  GroupManifest last() {
    return folder.last();
  }

  /** Where an earlier run got to; null where there is nothing of one. */
  Reached reached() throws IOException {
    GroupManifest last = folder.last();
    if (last == null) {
      return null;
    }
    return new Reached(
        last, last.checkpoint().isEmpty() ? null : folder.checkpoints().read(last.checkpoint()));
  }

  void add(VerifiedWindow window) {
    io(() -> groups.add(window));
    if (!groups.hasPending()) {
      starts();
    }
  }

  /** What units of the next block may depend on; null where that is not wanted. */
  DependencyTracker dependencies() {
    return groups.dependencies();
  }

  /** Total difficulty as the tables have it for their last block; null where they do not. */
  UInt256 totalDifficulty(long number) {
    Row row =
        blocks()
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

  private Dataset<Row> blocks() {
    try {
      return folder.read(SparkSession.builder().getOrCreate(), Table.BLOCKS);
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
    problems = folder.check(spark);
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

  /** Commits what was added. */
  void flush() {
    io(groups::flush);
  }

  /**
   * Writes the status.
   *
   * @param uncommitted failed checks of blocks that are not in the tables
   */
  private void report(String status, Integer exitCode, List<BlockCheck> uncommitted, String error) {
    GroupManifest last = folder.last();
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
                    last == null ? null : last.lastBlock(),
                    committed(),
                    failures.subList(0, Math.min(failures.size(), RunTotals.MAX_FAILURES)),
                    error)));
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

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void io(Writing writing) {
    try {
      writing.run();
    } catch (IOException | FSError e) {
      throw OutputException.of(place(), e);
    }
  }
}
