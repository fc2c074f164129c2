package io.rekindle.job.output;

import io.rekindle.job.output.GroupManifest.DataFile;
import io.rekindle.job.output.GroupManifest.TableFiles;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The files of rows in an output folder, whether or not manifests list them. */
final class DataFiles {
  private final FileSystem fs;
  private final Path root;

  DataFiles(FileSystem fs, Path root) {
    this.fs = fs;
    this.root = root;
  }

  String absolute(String folder) {
    return new Path(root, folder).toString();
  }

  /**
   * The files that were written to a folder of a group.
   *
   * @param written paths within the folder
   * @throws IOException where one of them is not there
   */
  TableFiles list(String folder, Set<String> written) throws IOException {
    TableFiles found = list(folder);
    Set<String> missing = new TreeSet<>(written);
    found.files().forEach(file -> missing.remove(file.path()));
    if (!missing.isEmpty()) {
      throw new IOException(
          absolute(folder)
              + " lacks "
              + missing.iterator().next()
              + (missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more files")
              + ", which tasks wrote and the commit protocol was to put there");
    }
    return found;
  }

  /** The files that lie in a folder of a group. */
  TableFiles list(String folder) throws IOException {
    Path absolute = new Path(root, folder);
    List<DataFile> files = new ArrayList<>();
    if (fs.exists(absolute)) {
      addFiles(absolute, fs.makeQualified(absolute).toString().length() + 1, files);
    }
    files.sort(Comparator.comparing(DataFile::path));
    return new TableFiles(folder, files);
  }

  /** By plain listings: those with places ask for every file's permissions, by a process each. */
  private void addFiles(Path folder, int prefix, List<DataFile> files) throws IOException {
    for (FileStatus entry : fs.listStatus(folder)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        addFiles(entry.getPath(), prefix, files);
      } else if (!name.startsWith("_") && !name.startsWith(".")) {
        files.add(new DataFile(entry.getPath().toString().substring(prefix), entry.getLen()));
      }
    }
  }

  /** Removes what was written to folders of a group that is not to be. */
  void discard(Collection<String> groupFolders, Throwable reason) {
    for (String written : groupFolders) {
      try {
        fs.delete(new Path(root, written), true);
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  /** The rows of files of a table, in no order. */
  Dataset<Row> read(
      SparkSession spark,
      Table table,
      List<TableFiles> wanted,
      FileKind format,
      Encoding encoding) {
    StructType schema = table.schema(encoding);
    List<String> files = new ArrayList<>();
    for (TableFiles folder : wanted) {
      folder.files().forEach(f -> files.add(absolute(folder.folder() + "/" + f.path())));
    }
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), schema);
    }
    return spark
        .read()
        .schema(schema)
        .option("basePath", absolute(table.tableName()))
        .format(format.toString())
        .load(files.toArray(String[]::new))
        .select(Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new));
  }
}
