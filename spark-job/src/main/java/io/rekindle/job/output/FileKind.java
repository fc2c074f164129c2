package io.rekindle.job.output;

import java.util.Locale;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/** The file formats of Spark that tables can be written in. */
public enum FileKind {
  PARQUET,
  ORC,
  JSON;

  /**
   * @throws IllegalArgumentException where tables cannot be written in such files
   */
  public static FileKind named(String name) {
    for (FileKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    String reason =
        name.equals("csv") || name.equals("text") ? " cannot hold nested columns" : " is not known";
    throw new IllegalArgumentException(
        "the format " + name + reason + "; there are parquet, orc, json");
  }

  /** The name that Spark's readers know it by. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  FileFormat format() {
    return switch (this) {
      case PARQUET -> new ParquetFileFormat();
      case ORC -> new OrcFileFormat();
      case JSON -> new JsonFileFormat();
    };
  }
}
