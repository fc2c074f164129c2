package io.rekindle.job.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.fetch.BlockFetch.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching from a node that answers as told, with a mainnet block of 2017 and two of its slots. */
class BlockFetchTest {
  private static final long NUMBER = 4_370_000;
  private static final String ACCOUNT = "0x" + "11".repeat(20);
  private static final String CREATED = "0x" + "22".repeat(20);
  private static final String SLOT_1 = "0x" + "00".repeat(31) + "01";
  private static final String SLOT_2 = "0x" + "00".repeat(31) + "02";

  @TempDir private Path folder;
  private NodeDouble node;

  @BeforeEach
  void start() throws IOException {
    node = new NodeDouble();
    JsonNode block = json(TestArchives.fixture("mainnet-blocks/" + NUMBER + "/block.json.gz"));
    JsonNode whole = block.has("result") ? block.get("result") : block;
    node.onText("eth_blockNumber", "0x" + Long.toHexString(NUMBER));
    node.on(
        "eth_getBlockByNumber",
        parameters ->
            parameters.get(1).asBoolean()
                ? whole
                : JsonRpc.MAPPER
                    .createObjectNode()
                    .put(
                        "hash", "0x" + "%064x".formatted(Long.decode(parameters.get(0).asText()))));
    node.on("debug_traceBlockByNumber", parameters -> trace());
    node.onText("eth_getBalance", "0xabc");
    node.onText("eth_getTransactionCount", "0x7");
    node.onText("eth_getCode", "0x");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static JsonNode json(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return JsonRpc.MAPPER.readTree(in);
    }
  }

  /** Two transactions: the second sees what the first changed, and one slot more. */
  private static JsonNode trace() {
    ArrayNode trace = JsonRpc.MAPPER.createArrayNode();
    ObjectNode first = trace.addObject().putObject("result");
    first.putObject(ACCOUNT).put("balance", "0x5").putObject("storage").put(SLOT_1, SLOT_1);
    first.putObject(CREATED).put("balance", "0x0");
    ObjectNode second = trace.addObject().putObject("result");
    second
        .putObject(ACCOUNT)
        .put("balance", "0x4")
        .putObject("storage")
        .put(SLOT_1, SLOT_2)
        .put(SLOT_2, SLOT_2);
    second.putObject(CREATED).put("balance", "0x1").put("nonce", 1);
    return trace;
  }

  private Result fetch(long from, long to) throws IOException {
    JsonRpc rpc = new JsonRpc(node.url(), 50, Duration.ofMillis(1));
    DumpOutput output = new DumpOutput(folder.toString(), new Configuration());
    return new BlockFetch(rpc, output).fetch(from, to, number -> {});
  }

  private JsonNode written(String name) throws IOException {
    return json(folder.resolve(NUMBER + "/" + name + ".json.gz"));
  }

  @Test
  void theFirstSightOfAnAccountAndOfASlotCounts() throws IOException {
    assertEquals(new Result(1, 0), fetch(NUMBER, NUMBER));
    JsonNode prestate = written("prestate");
    assertEquals("0x5", prestate.at("/" + ACCOUNT + "/balance").asText());
    assertEquals(SLOT_1, prestate.at("/" + ACCOUNT + "/storage/" + SLOT_1).asText());
    assertEquals(SLOT_2, prestate.at("/" + ACCOUNT + "/storage/" + SLOT_2).asText());
    assertTrue(prestate.at("/" + CREATED).isNull());
    String miner = written("block").get("miner").asText();
    assertEquals("0xabc", prestate.at("/" + miner + "/balance").asText());
    assertEquals(7, prestate.at("/" + miner + "/nonce").asInt());
    assertEquals(256, written("block_hashes").size());
    assertTrue(written("block_hashes").has(Long.toString(NUMBER - 256)));
    BlockSource source = Archives.open(folder.toString(), new Configuration());
    assertEquals("dump", source.kind());
    assertEquals(NUMBER, source.ranges().get(0).first());
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws IOException {
    fetch(NUMBER, NUMBER);
    Files.createDirectories(folder.resolve("_" + NUMBER + "1/"));
    node.calls.clear();
    assertEquals(new Result(0, 1), fetch(NUMBER, NUMBER));
    assertEquals(List.of("eth_blockNumber"), node.calls);
  }

  @Test
  void aNodeThatIsBusyIsAskedAgain() throws IOException {
    node.failures.addAll(List.of(503, 429, 502));
    assertEquals(new Result(1, 0), fetch(NUMBER, NUMBER));
    node.failures.addAll(List.of(503, 503, 503, 503, 503, 503));
    assertError("HTTP status 503, 6 times", NUMBER + 0);
  }

  @Test
  void aNodeWithoutHistoricalStateIsNamed() {
    node.onError("debug_traceBlockByNumber", -32000, "required historical state unavailable");
    assertError("block 4370000: the node has no historical debug state (", NUMBER);
    assertFalse(Files.exists(folder.resolve(Long.toString(NUMBER))));
    node.onError("debug_traceBlockByNumber", -32601, "the method does not exist");
    assertError("switched on", NUMBER);
  }

  @Test
  void aBlockThatTheNodeLacksIsNamed() {
    assertError("block 4370001: the node's chain ends with block 4370000", NUMBER + 1);
    assertThrows(IllegalArgumentException.class, () -> fetch(0, 1));
    assertThrows(IllegalArgumentException.class, () -> fetch(5, 4));
  }

  @Test
  void aHashThatTheHeaderDoesNotHaveIsNamed() throws IOException {
    ObjectNode other =
        json(TestArchives.fixture("mainnet-blocks/" + NUMBER + "/block.json.gz")).deepCopy();
    ObjectNode block = other.has("result") ? (ObjectNode) other.get("result") : other;
    block.put("hash", "0x" + "33".repeat(32));
    node.on("eth_getBlockByNumber", parameters -> block);
    assertError(
        "block 4370000: the header's hash is 0xb1fcff633029ee18ab6482b58ff8b6e95dd7c82a", NUMBER);
  }

  @Test
  void aNodeThatIsNotThereIsNamed() {
    node.close();
    assertError("127.0.0.1:", NUMBER);
    assertError(": no answer (", NUMBER);
    assertThrows(IllegalArgumentException.class, () -> new JsonRpc("ftp://node", 1, Duration.ZERO));
  }

  @Test
  void aFolderWithOtherThingsIsRefused() throws IOException {
    Files.writeString(folder.resolve("letters.txt"), "mine");
    assertError("holds other things than dumps of blocks: letters.txt", NUMBER);
  }

  private void assertError(String part, long number) {
    IOException e = assertThrows(IOException.class, () -> fetch(number, number));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
