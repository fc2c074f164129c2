package io.rekindle.job.output;

import io.rekindle.job.output.GroupManifest.DataFile;
import io.rekindle.job.output.GroupManifest.TableFiles;
import io.rekindle.job.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Reads the tables again: every file is there as long as its manifest says, each block is there
 * once, transactions sum up to what their block's header says, and where ranges ran side by side
 * each ended on the state that the next one started from.
 */
final class OutputCheck {
  private final OutputFolder folder;
  private final List<GroupManifest> groups;
  private final List<SeamManifest> seams;
  private final SparkSession spark;
  private final List<String> problems = new ArrayList<>();

  OutputCheck(
      OutputFolder folder,
      List<GroupManifest> groups,
      List<SeamManifest> seams,
      SparkSession spark) {
    this.folder = folder;
    this.groups = groups;
    this.seams = seams;
    this.spark = spark;
  }

  /** What is wrong, a line each. */
  List<String> problems(FileSystem fs) throws IOException {
    Set<Table> tables = EnumSet.noneOf(Table.class);
    for (GroupManifest group : groups) {
      for (String name : group.tables().keySet()) {
        tables.add(Table.named(name));
        checkFiles(fs, group.tables().get(name));
      }
    }
    for (SeamManifest seam : seams) {
      for (TableFiles table : seam.tables().values()) {
        checkFiles(fs, table);
      }
    }
    checkSeams();
    if (problems.isEmpty() && tables.contains(Table.BLOCKS)) {
      checkBlocks();
      if (tables.contains(Table.TRANSACTIONS)) {
        checkTransactions();
      }
    }
    return problems;
  }

  private void checkSeams() throws IOException {
    RangeStarts ranges = folder.rangeStarts();
    for (int range = 1; ranges != null && range < ranges.starts().size(); range++) {
      RangeStarts.Start start = ranges.starts().get(range);
      GroupManifest end = null;
      for (GroupManifest group : groups) {
        end = group.series() == range - 1 ? group : end;
      }
      if (end != null
          && end.lastBlock() == start.firstBlock() - 1
          && !start.stateRoot().equals(end.stateRoot())) {
        problems.add(
            "the range up to block "
                + end.lastBlock()
                + " ended on state root "
                + end.stateRoot()
                + ", the next one started from "
                + start.stateRoot());
      }
    }
  }

  private void checkFiles(FileSystem fs, TableFiles table) throws IOException {
    for (DataFile file : table.files()) {
      Path path = new Path(folder.data().absolute(table.folder() + "/" + file.path()));
      try {
        long length = fs.getFileStatus(path).getLen();
        if (length != file.bytes()) {
          problems.add(path + " has " + length + " bytes, its manifest says " + file.bytes());
        }
      } catch (FileNotFoundException e) {
        problems.add(path + " is missing, its manifest lists it");
      }
    }
  }

  private void checkBlocks() {
    Row found =
        folder
            .read(spark, Table.BLOCKS, groups)
            .agg(functions.count("*"), functions.countDistinct("block_number"))
            .first();
    long expected = groups.stream().mapToLong(group -> group.counts().blocks()).sum();
    if (found.getLong(0) != expected || found.getLong(1) != expected) {
      problems.add(
          "blocks has "
              + found.getLong(0)
              + " rows of "
              + found.getLong(1)
              + " blocks, the manifests say "
              + expected);
    }
  }

  private void checkTransactions() {
    Dataset<Row> sums =
        folder
            .read(spark, Table.TRANSACTIONS, groups)
            .groupBy(functions.col("block_number").as("block"))
            .agg(functions.sum("gas_used").as("gas"), functions.count("*").as("count"));
    Dataset<Row> blocks = folder.read(spark, Table.BLOCKS, groups);
    Dataset<Row> wrong =
        blocks
            .join(sums, blocks.col("block_number").equalTo(sums.col("block")), "left_outer")
            .selectExpr(
                "block_number",
                "coalesce(gas, 0) AS gas",
                "gas_used",
                "coalesce(count, 0) AS count",
                "transaction_count")
            .where("gas <> gas_used OR count <> transaction_count");
    for (Row row : wrong.orderBy("block_number").takeAsList(10)) {
      problems.add(
          "transactions of block "
              + row.get(0)
              + " have "
              + row.get(1)
              + " gas, the header says "
              + row.get(2)
              + "; they are "
              + row.get(3)
              + ", the block has "
              + row.get(4));
    }
  }
}
