package io.rekindle.job.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.job.Reexecution;
import io.rekindle.job.RunReport;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.fetch.BlockFetch.Result;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dumps out of a real geth node that holds the first blocks of the sample chain. Runs where there
 * is a geth: at the property {@code rekindle.geth}, or on the PATH.
 */
class GethFetchTest {
  private static final long HEAD = 60;

  @TempDir static Path folder;
  private static Process geth;
  private static String url;

  private static String gethPath() {
    String property = System.getProperty("rekindle.geth");
    if (property != null) {
      return property;
    }
    for (String entry : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(entry, "geth");
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    return null;
  }

  @BeforeAll
  static void start() throws Exception {
    String path = gethPath();
    if (path == null) {
      System.out.println(
          "SKIPPED: no geth: neither the property rekindle.geth nor the PATH has it");
    }
    assumeTrue(path != null, "no geth");
    String data = folder.resolve("geth").toString();
    Path chain = writeChain();
    run(path, "--datadir", data, "init", TestArchives.sample("genesis.json").toString());
    run(
        path,
        "--datadir",
        data,
        "--syncmode",
        "full",
        "--gcmode",
        "archive",
        "import",
        chain.toString());
    int port = freePort();
    url = "http://127.0.0.1:" + port;
    Path config = folder.resolve("geth.toml");
    Files.writeString(config, "[Node.P2P]\nListenAddr = \"\"\nNoDiscovery = true\nMaxPeers = 0\n");
    geth =
        process(
            List.of(
                path,
                "--config",
                config.toString(),
                "--datadir",
                data,
                "--nodiscover",
                "--maxpeers",
                "0",
                "--nat",
                "none",
                "--ipcdisable",
                "--syncmode",
                "full",
                "--gcmode",
                "archive",
                "--http",
                "--http.addr",
                "127.0.0.1",
                "--http.port",
                "" + port,
                "--http.api",
                "eth,debug",
                "--authrpc.addr",
                "127.0.0.1",
                "--authrpc.port",
                "" + freePort()));
    JsonRpc rpc = new JsonRpc(url, 1, Duration.ofMillis(500));
    assertEquals("0x3c", rpc.call(JsonRpc.Call.of("eth_blockNumber")).asText());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (geth != null) {
      geth.destroy();
      if (!geth.waitFor(30, TimeUnit.SECONDS)) {
        geth.destroyForcibly();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path writeChain() throws IOException {
    Path chain = folder.resolve("chain.rlp");
    BlockSource source =
        Archives.open(TestArchives.sample("chain.rlp.gz").toString(), new Configuration());
    try (OutputStream out = Files.newOutputStream(chain)) {
      for (BlockSplit split : source.splits(new BlockRange(1, HEAD), 1000)) {
        for (Iterator<ArchivedBlock> blocks = split.read(); blocks.hasNext(); ) {
          out.write(blocks.next().encoded());
        }
      }
    }
    return chain;
  }

  private static Process process(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("geth.log").toFile()))
        .start();
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, process(List.of(command)).waitFor(), () -> log());
  }

  private static String log() {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("geth.log")));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Strictly: the dumps list all that the blocks read. */
  @Test
  void fetchedBlocksReexecute() throws IOException {
    String dumps = folder.resolve("dumps").toString();
    BlockFetch fetch = new BlockFetch(url, dumps, new Configuration());
    assertEquals(new Result(10, 0), fetch.fetch(1, 10, number -> {}));
    assertEquals(new Result(10, 0), fetch.fetch(51, HEAD, number -> {}));
    assertEquals(new Result(0, 10), fetch.fetch(51, HEAD, number -> {}));
    RunReport report =
        new Reexecution(dumps, TestArchives.sample("genesis.json").toString())
            .master("local[2]")
            .state(null, true)
            .run();
    assertTrue(report.passed(), () -> summary(report));
    assertEquals(20, report.blocks());
  }

  @Test
  void aWitnessOfTheNodeProvesItsBlock() throws IOException {
    JsonRpc rpc = new JsonRpc(url, 1, Duration.ofMillis(500));
    Path witnesses = folder.resolve("witnesses");
    for (long number = 31; number <= 33; number++) {
      JsonNode witness =
          rpc.call(JsonRpc.Call.of("debug_executionWitness", "0x" + Long.toHexString(number)));
      Path block = Files.createDirectories(witnesses.resolve(Long.toString(number)));
      Files.write(block.resolve("witness.json"), JsonRpc.MAPPER.writeValueAsBytes(witness));
    }
    RunReport report =
        new Reexecution(
                TestArchives.sample("chain.rlp.gz").toString(),
                TestArchives.sample("genesis.json").toString())
            .range(31L, 33L)
            .master("local[2]")
            .state(witnesses.toString(), true)
            .run();
    assertTrue(report.passed(), () -> summary(report));
    assertEquals(3, report.blocks());
  }

  private static String summary(RunReport report) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text, true));
    return text.toString();
  }
}
