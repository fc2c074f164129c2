package io.rekindle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.job.FaultyFileSystem;
import io.rekindle.job.archive.TestArchives;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Storage without room and storage without permission: one line that names the path, exit code 2,
 * and nothing in the tables that is not whole.
 */
class FaultyStorageTest {
  private static final String SAMPLE = TestArchives.sample("chain.rlp.gz").toString();
  private static final String GENESIS = TestArchives.sample("genesis.json").toString();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void install() {
    FaultyFileSystem.install();
  }

  @AfterEach
  void uninstall() {
    FaultyFileSystem.uninstall();
  }

  private int reexecute(String... options) {
    List<String> arguments = new ArrayList<>(List.of("reexecute", "--master", "local[2]"));
    arguments.addAll(Arrays.asList(options));
    err.getBuffer().setLength(0);
    return Rekindle.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private int writeTables() {
    return writeTables(8);
  }

  private int writeTables(int last) {
    return reexecute(
        "--archive",
        SAMPLE,
        "--chain",
        GENESIS,
        "--to",
        Integer.toString(last),
        "--window-blocks",
        "4",
        "--group-blocks",
        "4",
        "--tables",
        "blocks,transactions,checks,dependencies",
        "--out",
        faulty(folder.resolve("tables")));
  }

  private static String faulty(Path path) {
    return "faulty:" + path;
  }

  private void assertOneLine(int code, String... parts) {
    assertEquals(2, code, err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    for (String part : parts) {
      assertTrue(err.toString().contains(part), () -> part + " is not in " + err);
    }
    assertFalse(err.toString().contains("Exception"), err::toString);
  }

  // ---------------------------------------------------------------- room

  /** Wherever the room ends, what is there is whole, and the same command goes on from it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFullFileSystem(boolean errors) throws IOException {
    FaultyFileSystem.throwErrors(errors);
    assertEquals(0, writeTables(4), err::toString);
    final long first = Long.MAX_VALUE - FaultyFileSystem.room();
    FileUtil.fullyDelete(tables().toFile());
    FaultyFileSystem.room(Long.MAX_VALUE);
    assertEquals(0, writeTables(), err::toString);
    final long needed = Long.MAX_VALUE - FaultyFileSystem.room();
    final int files = there().size();
    FileUtil.fullyDelete(tables().toFile());
    // The last one has room for the first group and not for the second: a run that goes on after a
    // committed group needs less than one from the start.
    long reached = 0;
    for (long room : new long[] {100, first / 4, first / 2, (first + needed) / 2}) {
      FaultyFileSystem.room(room);
      int code = writeTables();
      assertOneLine(code, "tables", "No space left on device");
      assertEquals(listed(), there(), "with room for " + room + " bytes");
      assertTrue(committedTo() >= reached, "what was committed stays");
      reached = committedTo();
    }
    assertEquals(4, reached, "the last one had room for the first group");
    FaultyFileSystem.room(Long.MAX_VALUE);
    assertEquals(0, writeTables(), err::toString);
    assertEquals(8, committedTo());
    assertEquals(listed(), there());
    assertEquals(files, there().size());
  }

  private Path tables() {
    return folder.resolve("tables");
  }

  /** Files of rows that lie in the folder. */
  private SortedSet<String> there() throws IOException {
    if (!Files.exists(tables())) {
      return new TreeSet<>();
    }
    try (Stream<Path> files = Files.walk(tables())) {
      return files
          .map(file -> tables().relativize(file).toString())
          .filter(file -> file.endsWith(".parquet"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Files of rows that manifests list. */
  private SortedSet<String> listed() throws IOException {
    TreeSet<String> files = new TreeSet<>();
    for (JsonNode manifest : manifests()) {
      for (JsonNode table : manifest.path("tables")) {
        for (JsonNode file : table.path("files")) {
          files.add(table.path("folder").asText() + "/" + file.path("path").asText());
        }
      }
    }
    return files;
  }

  private long committedTo() throws IOException {
    return manifests().stream().mapToLong(one -> one.path("last_block").asLong()).max().orElse(0);
  }

  private List<JsonNode> manifests() throws IOException {
    Path meta = tables().resolve("_rekindle");
    List<JsonNode> manifests = new ArrayList<>();
    if (Files.exists(meta)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(meta, "group-*.json")) {
        for (Path file : files) {
          manifests.add(new ObjectMapper().readTree(file.toFile()));
        }
      }
    }
    return manifests;
  }

  // ---------------------------------------------------------------- permission

  @Test
  void inputThatMayNotBeRead() throws IOException {
    Path archive = Files.copy(Path.of(SAMPLE), folder.resolve("secret.rlp.gz"));
    FaultyFileSystem.deny("secret");
    int code = reexecute("--archive", faulty(archive), "--chain", GENESIS);
    assertOneLine(code, "secret.rlp.gz: Permission denied");
    Path dumps = Files.createDirectories(folder.resolve("secrets"));
    code = reexecute("--archive", faulty(dumps), "--chain", GENESIS);
    assertOneLine(code, "secrets: Permission denied");
    code = reexecute("--archive", SAMPLE, "--chain", GENESIS, "--state", faulty(dumps));
    assertOneLine(code, "secrets", "Permission denied");
  }

  /** What the driver may read, an executor may not, and the other way round. */
  @Test
  void inputThatATaskMayNotRead() throws IOException {
    Path dumps = Files.createDirectories(folder.resolve("dumps"));
    Path fixture = TestArchives.fixture("mainnet-blocks/15537393");
    Path block = Files.createDirectories(dumps.resolve("15537393"));
    Files.copy(fixture.resolve("block.json.gz"), block.resolve("block.json.gz"));
    Files.copy(fixture.resolve("prestate.json.gz"), block.resolve("prestate.json.gz"));
    FaultyFileSystem.deny("prestate.json");
    int code = reexecute("--archive", faulty(dumps));
    assertOneLine(code, "prestate.json.gz: ", "Permission denied");
  }

  @ParameterizedTest
  @CsvSource({"tables", "_rekindle", "_temporary", "_status.json"})
  void outputThatMayNotBeWritten(String part) throws IOException {
    FaultyFileSystem.deny(part);
    int code = writeTables();
    assertOneLine(code, "tables", "Permission denied");
    assertEquals(new TreeSet<>(), there());
    FaultyFileSystem.deny(null);
    assertEquals(0, writeTables(), err::toString);
    assertEquals(8, committedTo());
  }

  /**
   * The tables are whole then; the status has the exit code all the same, until nothing is left.
   */
  @Test
  void aReportThatMayNotBeWritten() throws IOException {
    FaultyFileSystem.deny("report.html");
    int code = writeTables();
    assertOneLine(code, "tables/report.html", "Permission denied");
    assertEquals(8, committedTo());
    JsonNode status = status();
    assertEquals("failed", status.path("status").asText());
    assertEquals(2, status.path("exit_code").asInt());
    assertEquals(8, status.path("committed_to").asLong());
    assertTrue(status.path("error").asText().contains("report.html"), status::toString);
    FaultyFileSystem.deny(null);
    assertEquals(0, writeTables(), err::toString);
    assertEquals("complete", status().path("status").asText());
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(tables().resolve("_status.json").toFile());
  }

  /** The local file system says it in other ways than Hadoop's. */
  @Test
  void localFilesWithoutPermission() throws IOException {
    Path archive = Files.copy(Path.of(SAMPLE), folder.resolve("closed.rlp.gz"));
    Path genesis = Files.copy(Path.of(GENESIS), folder.resolve("closed.json"));
    Path below = Files.createDirectories(folder.resolve("closed"));
    for (Path path : List.of(archive, genesis, below)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
    }
    assumeFalse(Files.isReadable(archive), "skipped: this user may read everything");
    int code = reexecute("--archive", archive.toString(), "--chain", GENESIS);
    assertOneLine(code, "closed.rlp.gz: permission denied");
    code = reexecute("--archive", SAMPLE, "--chain", genesis.toString());
    assertOneLine(code, "closed.json: permission denied");
    code = reexecute("--archive", SAMPLE, "--chain", GENESIS, "--out", below + "/tables");
    assertOneLine(code, "closed/tables");
    Files.setPosixFilePermissions(below, PosixFilePermissions.fromString("rwx------"));
  }
}
