package io.rekindle.job.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The folder of a run's tables, on any Hadoop file system.
 *
 * <pre>
 *   _rekindle/group-000000000001.json   what a group holds; written last, by a rename
 *   transactions/group=1/block_range=0/part-*.parquet
 * </pre>
 *
 * <p>Files of a group without a manifest are what a killed run left: nobody sees them, and the next
 * run removes them.
 */
public final class OutputFolder {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MANIFESTS = "_rekindle";
  private static final String FORMAT = "parquet";

  private final FileSystem fs;
  private final Path root;

  public OutputFolder(String path, Configuration hadoop) throws IOException {
    this.root = new Path(path);
    this.fs = root.getFileSystem(hadoop);
  }

  /**
   * Makes the folder ready for a new run.
   *
   * @param overwrite removes the tables of an earlier run
   * @throws IllegalArgumentException where the folder holds something and may not be overwritten,
   *     or holds what no run wrote
   */
  public void prepare(boolean overwrite) throws IOException {
    if (!fs.exists(root)) {
      fs.mkdirs(root);
      return;
    }
    FileStatus[] found = fs.listStatus(root);
    for (FileStatus entry : found) {
      if (!isOurs(entry.getPath().getName())) {
        throw new IllegalArgumentException(
            "--out " + root + " holds " + entry.getPath().getName() + ", which no run wrote");
      }
    }
    if (found.length > 0 && !overwrite) {
      throw new IllegalArgumentException(
          "--out " + root + " holds the tables of an earlier run; --overwrite removes them");
    }
    // Manifests first: without them nothing else is visible.
    fs.delete(new Path(root, MANIFESTS), true);
    for (FileStatus entry : found) {
      fs.delete(entry.getPath(), true);
    }
  }

  private static boolean isOurs(String name) {
    return name.equals(MANIFESTS)
        || Arrays.stream(Table.values()).anyMatch(table -> table.tableName().equals(name));
  }

  String groupFolder(Table table, int group) {
    return new Path(root, table.tableName() + "/group=" + group).toString();
  }

  /** Makes a group visible. */
  void commit(int group, long firstBlock, long lastBlock, List<Table> tables) throws IOException {
    ObjectNode manifest = MAPPER.createObjectNode();
    manifest.put("group", group).put("first_block", firstBlock).put("last_block", lastBlock);
    ObjectNode files = manifest.putObject("tables");
    for (Table table : tables) {
      files.put(table.tableName(), table.tableName() + "/group=" + group);
    }
    Path folder = new Path(root, MANIFESTS);
    fs.mkdirs(folder);
    Path staged = new Path(folder, ".group-" + group + ".tmp");
    try (OutputStream out = fs.create(staged, true)) {
      MAPPER.writeValue(out, manifest);
    }
    Path target = new Path(folder, String.format("group-%012d.json", group));
    if (!fs.rename(staged, target)) {
      throw new IOException("cannot rename " + staged + " to " + target);
    }
  }

  /** A table as far as its groups are committed, in no order. */
  public Dataset<Row> read(SparkSession spark, Table table) throws IOException {
    List<String> folders = new ArrayList<>();
    for (FileStatus manifest : fs.listStatus(new Path(root, MANIFESTS))) {
      if (manifest.getPath().getName().endsWith(".json")) {
        try (InputStream in = fs.open(manifest.getPath())) {
          JsonNode folder = MAPPER.readTree(in).path("tables").path(table.tableName());
          if (folder.isTextual()) {
            folders.add(new Path(root, folder.asText()).toString());
          }
        }
      }
    }
    Dataset<Row> rows = spark.createDataFrame(List.of(), table.schema());
    for (String folder : folders) {
      rows = rows.union(spark.read().schema(table.schema()).format(FORMAT).load(folder));
    }
    return rows;
  }

  String format() {
    return FORMAT;
  }
}
