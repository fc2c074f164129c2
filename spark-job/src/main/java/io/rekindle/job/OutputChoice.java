package io.rekindle.job;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.FileKind;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.OutputException;
import io.rekindle.job.output.OutputFolder;
import io.rekindle.job.output.RangeStarts;
import io.rekindle.job.output.RunIdentity;
import io.rekindle.job.output.TableWriter;
import io.rekindle.job.table.BlockRows;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Where a run's tables are to go, and what they are to be.
 *
 * @param path of the folder
 * @param overwrite whether tables of an earlier run there are removed; else that run is continued
 * @param groupBlocks blocks after which what was verified is committed
 * @param encoding how hashes, addresses and bytes stand in the files
 */
record OutputChoice(
    String path,
    boolean overwrite,
    int groupBlocks,
    Set<Table> tables,
    FileKind format,
    Encoding encoding) {
  /** The committed groups of an earlier run in the folder; nothing is changed. */
  List<GroupManifest> groups(Configuration hadoop) throws IOException {
    return new OutputFolder(path, hadoop).groups();
  }

  /**
   * Makes the folder ready.
   *
   * @throws IllegalArgumentException where it holds what this run may not add to
   */
  RunOutput open(JavaSparkContext spark, RunInput input) throws IOException {
    OutputFolder folder = new OutputFolder(path, spark.hadoopConfiguration());
    if (input.earlierRun() != null
        && input.earlierRun().folder().toString().equals(folder.toString())) {
      throw new IllegalArgumentException("--out and --state are the same folder, " + folder);
    }
    RunIdentity identity = identity(input);
    try {
      folder.open(identity, overwrite);
    } catch (IOException | FSError e) {
      throw OutputException.of(folder.toString(), e);
    }
    TableWriter writer = new TableWriter(spark, folder, tables, spark.defaultParallelism());
    RangeStarts starts = input.rangeStarts();
    return new RunOutput(
        folder,
        writer,
        groupBlocks,
        input.range(),
        input.ranges(starts == null ? null : folder.rangeStarts(starts)),
        input.chain().spec().chainId().toLongSaturated());
  }

  /** What decides the rows: a run with another one may not add to a folder. */
  private RunIdentity identity(RunInput input) throws IOException {
    long first = input.firstHeld();
    Map<String, String> values = new TreeMap<>();
    values.put("layout", "1");
    values.put("chain", input.chainIdentity());
    values.put("state", input.stateIdentity());
    values.put("first block", first + " " + input.block(first).hash());
    values.put(
        "tables", tables.stream().map(Table::tableName).sorted().collect(Collectors.joining(",")));
    values.put(OutputFolder.FORMAT_OPTION, format.toString());
    values.put(OutputFolder.ENCODING_OPTION, encoding.toString());
    values.put("block range", Long.toString(BlockRows.RANGE));
    return RunIdentity.of(values);
  }

  /**
   * @param last the last committed group of a range
   * @throws IllegalArgumentException where it does not belong to the blocks of this run
   */
  static void checkContinues(GroupManifest last, RunInput input, BlockRange range, String folder) {
    if (last.lastBlock() > range.last()) {
      throw new IllegalArgumentException(
          "--out "
              + folder
              + " holds blocks up to "
              + last.lastBlock()
              + ", beyond "
              + range.last());
    }
    Hash hash = input.block(last.lastBlock()).hash();
    if (!last.lastHash().equals(hash.toString())) {
      throw new IllegalArgumentException(
          "--out "
              + folder
              + " holds another chain: its block "
              + last.lastBlock()
              + " has hash "
              + last.lastHash()
              + ", that of the archive "
              + hash);
    }
  }
}
