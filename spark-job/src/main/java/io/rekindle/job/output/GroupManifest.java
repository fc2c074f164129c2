package io.rekindle.job.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import java.util.List;
import java.util.Map;

/**
 * What a group of files holds. The group exists once this lies in the output folder.
 *
 * @param firstGroup the number of the group; of a compacted one, of the first that went into it
 * @param lastGroup the last that went into it
 * @param lastHash hash of the last block, 0x and 64 digits
 * @param stateRoot after the last block; null where the state is not complete
 * @param ends whether nothing after the last block can be executed, since it has an invalid unit
 * @param failures the first failed checks of the group
 * @param tables by name
 * @param checkpoint files in the folder of states that give the state after the last block, a
 *     snapshot and deltas in order; empty where blocks bring their own state
 * @param openReads files of reads that only the ranges before can answer; empty where there are
 *     none, or the table of dependencies is not wanted
 */
public record GroupManifest(
    @JsonProperty("first_group") int firstGroup,
    @JsonProperty("last_group") int lastGroup,
    @JsonProperty("first_block") long firstBlock,
    @JsonProperty("last_block") long lastBlock,
    @JsonProperty("last_hash") String lastHash,
    @JsonProperty("state_root") String stateRoot,
    @JsonProperty("ends") boolean ends,
    @JsonProperty("counts") Counts counts,
    @JsonProperty("failures") List<Failure> failures,
    @JsonProperty("tables") Map<String, TableFiles> tables,
    @JsonProperty("checkpoint") List<String> checkpoint,
    @JsonProperty("open_reads") List<String> openReads) {
  /** Failed checks that a manifest names; all of them are in the table of checks. */
  static final int MAX_FAILURES = 100;

  /** Manifests from before there were open reads do not have them. */
  public GroupManifest {
    openReads = openReads == null ? List.of() : openReads;
  }

  /**
   * How much lies in a group, or in all.
   *
   * @param coreSeconds what making it took, from the commit before it: wall seconds times cores
   */
  public record Counts(
      @JsonProperty("blocks") long blocks,
      @JsonProperty("transactions") long transactions,
      @JsonProperty("gas") long gas,
      @JsonProperty("checks_passed") long checksPassed,
      @JsonProperty("checks_failed") long checksFailed,
      @JsonProperty("core_seconds") double coreSeconds) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(Counts more) {
      return new Counts(
          blocks + more.blocks,
          transactions + more.transactions,
          gas + more.gas,
          checksPassed + more.checksPassed,
          checksFailed + more.checksFailed,
          coreSeconds + more.coreSeconds);
    }

    Counts withCoreSeconds(double spent) {
      return new Counts(blocks, transactions, gas, checksPassed, checksFailed, spent);
    }
  }

  /** A failed check. */
  public record Failure(
      @JsonProperty("block_number") long block,
      @JsonProperty("check") BlockRule check,
      @JsonProperty("expected") String expected,
      @JsonProperty("actual") String actual) {
    public static Failure of(BlockCheck check) {
      return new Failure(check.block(), check.rule(), check.expected(), check.actual());
    }

    public BlockCheck asCheck() {
      return new BlockCheck(block, check, expected, actual, false);
    }
  }

  /**
   * The files of a table.
   *
   * @param folder within the output folder
   */
  public record TableFiles(
      @JsonProperty("folder") String folder, @JsonProperty("files") List<DataFile> files) {}

  /**
   * A file.
   *
   * @param path within the table's folder of the group
   */
  public record DataFile(@JsonProperty("path") String path, @JsonProperty("bytes") long bytes) {}

  /**
   * The last group up to which nothing is missing that a later range has.
   *
   * @param groups in order
   * @return null where the first range has none
   */
  public static GroupManifest lastWithoutGap(List<GroupManifest> groups) {
    GroupManifest last = null;
    for (GroupManifest group : groups) {
      boolean follows =
          last == null
              ? group.series() == 0
              : group.series() == last.series() || group.firstBlock() == last.lastBlock() + 1;
      if (!follows) {
        break;
      }
      last = group;
    }
    return last;
  }

  /** The series that it belongs to. */
  int series() {
    return GroupSeries.of(firstGroup);
  }

  /** Whether all of another group is in this one. */
  boolean contains(GroupManifest other) {
    return firstGroup <= other.firstGroup && other.lastGroup <= lastGroup;
  }
}
