package io.rekindle.job.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.Failure;
import java.util.List;

/**
 * What {@code _status.json} in an output folder says of the run that wrote there last, for where
 * exit codes get lost. A run that was killed leaves {@code running}.
 *
 * @param status one of the constants
 * @param exitCode of the process, as far as it has ended
 * @param firstBlock that was asked for
 * @param lastBlock that was asked for
 * @param committedTo the last block whose rows are in the tables, with those of all before it; null
 *     where there is none
 * @param committed what is in the tables, that of earlier runs included
 * @param ranges what runs side by side, in order; one where nothing does
 * @param failures the first failed checks
 * @param error why the run ended early, in one line; else null
 */
public record RunStatus(
    @JsonProperty("status") String status,
    @JsonProperty("exit_code") Integer exitCode,
    @JsonProperty("first_block") long firstBlock,
    @JsonProperty("last_block") long lastBlock,
    @JsonProperty("committed_to") Long committedTo,
    @JsonProperty("committed") Counts committed,
    @JsonProperty("ranges") List<Range> ranges,
    @JsonProperty("failures") List<Failure> failures,
    @JsonProperty("error") String error) {
  /**
   * How far a range is.
   *
   * @param committedTo the last of its blocks whose rows are in the tables; null where there is
   *     none
   * @param seam how the state that it started from compares with the one that the range before
   *     ended on, which may still be to come: {@code open}, {@code proven} or {@code broken}; null
   *     for the first range
   */
  public record Range(
      @JsonProperty("first_block") long firstBlock,
      @JsonProperty("last_block") long lastBlock,
      @JsonProperty("committed_to") Long committedTo,
      @JsonProperty("seam") String seam) {}

  /** The run goes on, or was killed. */
  public static final String RUNNING = "running";

  /** It ended, and a check failed or not everything is there. */
  public static final String FAILED = "failed";

  public static final String COMPLETE = "complete";
}
