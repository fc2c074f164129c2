package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.output.RunTables;
import io.rekindle.job.table.Encoding;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns that {@code docs/tables.md} lists are those that files have, by name and type. */
class DocumentedTablesTest {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (.*) \\|");

  @TempDir private Path folder;

  /** Each table's columns as the page lists them, in order, as Spark would describe them. */
  private static Map<String, List<String>> documented(Encoding encoding) throws IOException {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    Path page = Path.of(System.getProperty("rekindle.root"), "docs", "tables.md");
    for (String line : Files.readAllLines(page)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && isTable(row.group(1))) {
        List<String> columns =
            new ArrayList<>(
                List.of("chain_id bigint", "block_number bigint", "block_timestamp timestamp"));
        columns.addAll(new Columns(row.group(2), encoding).all(" ", true));
        tables.put(row.group(1), columns);
      }
    }
    return tables;
  }

  private static boolean isTable(String name) {
    return Arrays.stream(Table.values()).anyMatch(table -> table.tableName().equals(name));
  }

  private static List<String> described(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .toList();
  }

  @Test
  void thePageListsEveryTableWithItsColumns() throws IOException {
    for (Encoding encoding : Encoding.values()) {
      Map<String, List<String>> tables = new LinkedHashMap<>();
      for (Table table : Table.values()) {
        tables.put(table.tableName(), described(table.fileSchema(encoding)));
      }
      Map<String, List<String>> documented = documented(encoding);
      tables.forEach((name, columns) -> assertEquals(columns, documented.get(name), name));
      assertEquals(tables.keySet(), documented.keySet());
    }
  }

  /** What the files themselves say, not what a reader expects of them. */
  @Test
  void filesHaveTheColumnsThatThePageLists() throws IOException {
    new Reexecution(
            TestArchives.sample("chain.rlp.gz").toString(),
            TestArchives.sample("genesis.json").toString())
        .range(1L, 6L)
        .master("local[2]")
        .out(folder.resolve("out").toString(), false)
        .tables(EnumSet.allOf(Table.class))
        .run();
    Map<String, List<String>> documented = documented(Encoding.HEX);
    TreeSet<String> empty = new TreeSet<>();
    try (SparkSession spark = OutputTables.session()) {
      for (String table : documented.keySet()) {
        String file = file(folder.resolve("out").resolve(table));
        if (file == null) {
          empty.add(table);
        } else {
          assertEquals(documented.get(table), described(spark.read().parquet(file).schema()));
        }
      }
      empty.remove("conflicts");
      assertEquals(new TreeSet<>(), empty, "tables without a file");
      RunTables.open(spark, folder.resolve("out").toString()).createViews();
      for (String view : List.of("etl_blocks", "etl_transactions", "etl_logs", "etl_traces")) {
        assertTrue(spark.table(view).count() > 0, view);
      }
    }
  }

  private static String file(Path table) throws IOException {
    if (!Files.exists(table)) {
      return null;
    }
    try (Stream<Path> files = Files.walk(table)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".parquet"))
          .findFirst()
          .orElse(null);
    }
  }

  /** Reads a list of columns: {@code a, b L; c ARRAY<STRUCT<d X>>}. */
  private static final class Columns {
    private static final Map<String, String> TYPES =
        Map.of(
            "L",
            "bigint",
            "I",
            "int",
            "S",
            "string",
            "D",
            "decimal(38,0)",
            "Z",
            "boolean",
            "B",
            "binary",
            "F",
            "double");

    private final String text;
    private final Encoding encoding;

    Columns(String text, Encoding encoding) {
      this.text = text;
      this.encoding = encoding;
    }

    /**
     * @param separator between name and type
     * @param withBytes whether a wei column has a second one beside it
     */
    List<String> all(String separator, boolean withBytes) {
      List<String> columns = new ArrayList<>();
      List<String> untyped = new ArrayList<>();
      for (String item : items()) {
        int space = item.indexOf(' ');
        untyped.add(space < 0 ? item : item.substring(0, space));
        if (space < 0) {
          continue;
        }
        String type = item.substring(space + 1);
        for (String name : untyped) {
          columns.add(name + separator + type(type));
          if (withBytes && type.equals("D")) {
            columns.add(name + "_binary" + separator + "binary");
          }
        }
        untyped.clear();
      }
      assertEquals(List.of(), untyped, "columns without a type");
      return columns;
    }

    /** What commas and semicolons part, but not those between angle brackets. */
    private List<String> items() {
      List<String> items = new ArrayList<>();
      int depth = 0;
      int start = 0;
      for (int at = 0; at < text.length(); at++) {
        char letter = text.charAt(at);
        depth += letter == '<' ? 1 : letter == '>' ? -1 : 0;
        if (depth == 0 && (letter == ',' || letter == ';')) {
          items.add(text.substring(start, at).strip());
          start = at + 1;
        }
      }
      items.add(text.substring(start).strip());
      return items;
    }

    private String type(String type) {
      if (type.equals("X")) {
        return encoding == Encoding.HEX ? "string" : "binary";
      }
      if (type.startsWith("ARRAY<")) {
        return "array<" + type(type.substring("ARRAY<".length(), type.length() - 1)) + ">";
      }
      if (type.startsWith("STRUCT<")) {
        String fields = type.substring("STRUCT<".length(), type.length() - 1);
        return "struct<" + String.join(",", new Columns(fields, encoding).all(":", false)) + ">";
      }
      return TYPES.get(type);
    }
  }
}
